#include "lessons/format/schedule.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

std::string schedule_error(const std::string& text) {
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

TEST_CASE("schedule: what goes wrong, and when") {
    const std::string text = "41:drop,42:delay50,52:kill6,52:cut1_2,60:heal1_2";
    const Schedule schedule = parse_schedule(text);
    CHECK(schedule == Schedule{{41, Drop{}}, {42, Delay{50}}, {52, Kill{6}}, {52, Cut{1, 2}}, {60, Heal{1, 2}}});
    CHECK(to_text(schedule) == text);
}

TEST_CASE("schedule: its text is read back as the same") {
    const std::string text = "14:3,22:0,30:seed18446744073709551615";
    CHECK(to_text(parse_schedule(text)) == text);
    CHECK(to_text(Schedule{}).empty());
}

TEST_CASE("schedule: what is none names the word and the remedy") {
    const std::string remedy =
        "; write STEP:COROUTINE (14:3, 14:main), STEP:seedN (30:seed7), or what goes wrong: 41:drop, 41:delay50, "
        "52:kill6, 52:cut1_2, 60:heal1_2";
    for (const char* word : {"14", "14:", ":3", "0:3", "14:tea", "14:seed", "14:seed-1", "14:-1", "1x:3", "14:3x",
                             "14:drops", "14:delay", "14:killx", "14:cut1", "14:cut1_", "14:heal_2"}) {
        CHECK(schedule_error(word) == "`" + std::string(word) + "` is no choice of a schedule" + remedy);
    }
    CHECK(schedule_error("14:3 9:1") == "`9:1` comes after a later step; put the choices in order");
}
