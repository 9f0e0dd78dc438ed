#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;

namespace {

Card card_at(std::uint32_t step, std::uint32_t coroutine) {
    const Model model(lesson12_trace());
    return model.card(coroutine, model.at(step));
}

}  // namespace

TEST_CASE("the card of the running coroutine is the mock's") {
    const Card card = card_at(20, 2);
    CHECK(card.chip == "co#2");
    CHECK(card.state == "running");
    CHECK(card.place == "producer(\"milk\"), line 5");
    CHECK(row(card, "Just now") == "push(\"milk\"): no consumer waits, so it takes seat 1");
    CHECK(row(card, "Woken by") == "its timer, step 14; ran at step 19, when co#1 slept again");
    CHECK(row(card, "Next") == "goes on to line 6; push does not switch");
}

TEST_CASE("the card of a ready coroutine tells what it waited for, who woke it, and when it runs") {
    const Card card = card_at(20, 3);
    CHECK(card.state == "ready");
    CHECK(card.story == "Was parked in pop() on results for 0.12 s. Woken at step 16 by co#1’s push, holding \"tea\".");
    CHECK(card.outlook == "Runs when co#2 waits or ends.");
    CHECK(row(card, "Woken by") == "co#1’s push, step 16, holding \"tea\"");
    CHECK(row(card_at(16, 3), "Next") == "runs after co#2");
}

TEST_CASE("the card of a parked coroutine says where, since when, and what will wake it") {
    CHECK(row(card_at(15, 3), "Now") == "parked in pop() on results, line 14, for 0.12 s; will be woken by a push");
    CHECK(row(card_at(10, 3), "Now") == "parked in pop() on results, line 14, since step 10; will be woken by a push");
    CHECK(row(card_at(20, 0), "Now") ==
          "parked in sleep(0.3), line 23, for 0.12 s; will be woken by its timer at 0.300 s");
    CHECK(card_at(20, 0).state == "waiting");
}

TEST_CASE("a caller whose go() runs another coroutine waits for that one") {
    const Card card = card_at(8, 0);
    CHECK(card.state == "handed off");
    CHECK(row(card, "Just now") == "go(consumer): co#3 runs at once, inside main");
    CHECK(row(card, "Next") == "goes on when co#3 waits or ends");
    CHECK(row(card_at(10, 0), "Just now") == "goes on, as co#3 waits");
    CHECK(row(card_at(10, 0), "Started by") == "the program, step 1");
    CHECK(row(card_at(8, 3), "Started by") == "main’s go, step 7");
}

TEST_CASE("the card of a coroutine that ended says when, and one that is not born yet has none") {
    const Card card = card_at(39, 3);
    CHECK(card.state == "done");
    CHECK(row(card, "Ended") == "step 29, at 0.120 s");
    CHECK(card_at(5, 3).chip.empty());
    CHECK(card_at(5, 99).chip.empty());
}
