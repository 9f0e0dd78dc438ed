#include "lessons/host/promise.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

std::vector<std::string> surprises(const std::string& program, const std::string& expect) {
    const Lesson lesson = parse_lesson("a.md", "---\nid: a\ntitle: A\nchapter: C\norder: 1\n---\n```lua run\n" +
                                                   program + "\n```\n\n```" + expect + "\nx\n```\n");
    return surprises_of(lesson, simulate(script_of(lesson)));
}

const std::string spill = "go(function() error('spilled') end)";

}  // namespace

TEST_CASE("promise: an error is a surprise, unless the lesson expects it") {
    CHECK(surprises(spill, "expect").size() == 1);
    CHECK(surprises(spill, "expect error=\"spilled\"").empty());
    CHECK(surprises(spill, "expect error=\"burnt\"").size() == 2);  // one that came, one that did not
}

TEST_CASE("promise: the expected error comes, and comes once") {
    CHECK(surprises("print(1)", "expect error=\"spilled\"") ==
          std::vector<std::string>{"no uncaught error says `spilled`, and the `expect` fence names one"});
    CHECK(surprises(spill + "\n" + spill, "expect error=\"spilled\"").size() == 1);
}
