#include "lessons/format/lesson_json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using co::lessons::Lesson;
using co::lessons::LessonError;
using nlohmann::json;

namespace {

constexpr const char* whole_lesson = R"(---
id: tea
title: Tea & "milk"
chapter: Quick start
order: 3
needs: [scheduling]
panels: [timers]
clock: virtual
seeds: [18446744073709551615, 0]
limits: {horizon: 2s, coroutines: 7}
---

Take *some* `tea`.

```lua run
print("tea")
```

```expect error="cold tea"
tea
```

```checkpoint at="print tea"
Poured
It is hot.
```

```predict
What?
- [x] tea
- [ ] milk
  why: there is none
```

```try goal="print 'milk'" hint="Look at line 1."
Milk instead
Print it.
```
)";

Lesson lesson() { return co::lessons::parse_lesson("03-tea.md", whole_lesson); }

}  // namespace

TEST_CASE("lesson JSON: the page is told everything, and no number is too large for it") {
    const json one = json::parse(co::lessons::lesson_json(lesson()));
    CHECK(one.at("title") == "Tea & \"milk\"");
    CHECK(one.at("seeds") == json::array({"18446744073709551615", "0"}));
    CHECK(one.at("limits") == json({{"lines", 1'000'000}, {"coroutines", 7}, {"horizon", 2'000'000'000}}));
    CHECK(one.at("blocks").at(0).at("runs").at(1) == json({{"style", "emphasis"}, {"text", "some"}}));
    CHECK(one.at("program") == json({{"text", "print(\"tea\")\n"}, {"first_line", 16}}));
    CHECK(one.at("expect") == "tea\n");
    CHECK(one.at("expected_error") == "cold tea");
    CHECK(one.at("cpp").is_null());
    CHECK(one.at("predict").at("choices").at(1).at("why") == "there is none");
    CHECK(one.at("checkpoints").at(0).at("at") == "print tea");
    CHECK(one.at("tries").at(0).at("goal") == "print 'milk'");
    CHECK(one.at("challenge").is_null());
}

TEST_CASE("lesson JSON: what a run and its goals need comes back") {
    const Lesson before = lesson(), after = co::lessons::lesson_from_json(co::lessons::lesson_json(before));
    CHECK(after.id == before.id);
    CHECK(after.seeds == before.seeds);
    CHECK(after.panels == before.panels);
    CHECK(after.clock == before.clock);
    CHECK(after.program.text == before.program.text);
    REQUIRE(after.checkpoints.size() == 1);
    CHECK(after.checkpoints[0].at == "print tea");
    REQUIRE(after.tries.size() == 1);
    CHECK(after.tries[0].goal.clauses.size() == 1);
}

TEST_CASE("lesson JSON: anything else is refused with a sentence") {
    for (const char* wrong : {"", "[]", "{}", "{\"id\": 7}", "null"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(co::lessons::lesson_from_json(wrong), LessonError);
    }
}
