#include "lessons/format/goal.h"

#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

bool met(const std::string& goal, const std::string& script) {
    const RunResult run = run_script(script);
    return is_met(parse_goal(goal), {run.trace, run.ok()});
}

constexpr const char* tea_then_milk = "print('tea and cake') local c = chan(2) c:push(1) c:push(2) print('milk')";

}  // namespace

TEST_CASE("goal: something happens, or never does") {
    CHECK(met("print 'milk'", tea_then_milk));
    CHECK_FALSE(met("print 'beer'", tea_then_milk));
    CHECK(met("no print 'beer'", tea_then_milk));
    CHECK_FALSE(met("no push c", tea_then_milk));
}

TEST_CASE("goal: what stands between quotes is text, not the end of a clause") {
    CHECK(met("print 'tea and cake' and print 'milk'", tea_then_milk));
    CHECK_FALSE(met("print 'tea and cake' and print 'beer'", tea_then_milk));
}

TEST_CASE("goal: so often, and in which order") {
    CHECK(met("2 times push c", tea_then_milk));
    CHECK_FALSE(met("1 times push c", tea_then_milk));
    CHECK_FALSE(met("3 times push c", tea_then_milk));
    CHECK(met("0 times pop c", tea_then_milk));
    CHECK(met("print 'tea and cake' before print 'milk'", tea_then_milk));
    CHECK_FALSE(met("print 'milk' before push c", tea_then_milk));
    CHECK_FALSE(met("print 'milk' before print 'beer'", tea_then_milk));
}

TEST_CASE("goal: nothing went wrong") {
    CHECK(met("no problem", "print(1)"));
    CHECK_FALSE(met("no problem", "chan(1):pop()"));
    CHECK_FALSE(met("print '1' and no problem", "print(1) error('spilled')"));
}

TEST_CASE("goal: the first clause that is not true can be named") {
    const RunResult run = run_script(tea_then_milk);
    const Goal goal = parse_goal("print 'milk' and 3 times push c and no problem");
    const Clause* unmet = first_unmet(goal, {run.trace, run.ok()});
    REQUIRE(unmet);
    CHECK(unmet->text == "3 times push c");
}

TEST_CASE("goal: what can't be checked is refused") {
    CHECK_THROWS_AS(parse_goal(""), ConditionError);
    CHECK_THROWS_AS(parse_goal("print 'a' and "), ConditionError);
    CHECK_THROWS_AS(parse_goal("pusch results"), ConditionError);
}
