#include "lessons/format/schedule.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

std::string error(const std::string& text) {
    try {
        parse_schedule(text);
    } catch (const ScheduleError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("schedule: a list of choices, in words or in numbers") {
    const Schedule schedule = parse_schedule(" 14:3 22:main,\n30:seed7\t31:co#2 ");
    CHECK(schedule == Schedule{{14, RunsNext{3}}, {22, RunsNext{0}}, {30, NewSeed{7}}, {31, RunsNext{2}}});
    CHECK(parse_schedule("").empty());
}

TEST_CASE("schedule: its text is read back as the same") {
    const std::string text = "14:3,22:0,30:seed18446744073709551615";
    CHECK(to_text(parse_schedule(text)) == text);
    CHECK(to_text(Schedule{}).empty());
}

TEST_CASE("schedule: what is none names the word and the remedy") {
    const std::string remedy = "; write STEP:COROUTINE (14:3, 14:main) or STEP:seedN (30:seed7)";
    for (const char* word : {"14", "14:", ":3", "0:3", "14:tea", "14:seed", "14:seed-1", "14:-1", "1x:3", "14:3x"}) {
        CHECK(error(word) == "`" + std::string(word) + "` is no choice of a schedule" + remedy);
    }
    CHECK(error("14:3 9:1") == "`9:1` comes after a later step; put the choices in order");
}
