#include "visualizer/model/breakpoint.h"

#include <doctest/doctest.h>

#include <co/subject.h>

#include "tests/visualizer/lesson12_trace.h"

using namespace co::studio;
using Kind = Breakpoint::Kind;

TEST_CASE("breakpoint: at a line, where somebody comes to it") {
    const Model model(lesson12_trace());
    const auto first = next_stop(model, {{Kind::line, 5}}, 0);
    REQUIRE(first);
    CHECK(model.event(*first).line == 5);
    const auto second = next_stop(model, {{Kind::line, 5}}, *first);
    REQUIRE(second);
    CHECK(*second > *first);
    CHECK(model.event(*second).coroutine != model.event(*first).coroutine);
    CHECK_FALSE(next_stop(model, {{Kind::line, 999}}, 0));
    CHECK_FALSE(next_stop(model, {}, 0));
}

TEST_CASE("breakpoint: on a coroutine, on a channel") {
    const Model model(lesson12_trace());
    for (auto step = next_stop(model, {{Kind::coroutine, 3}}, 0); step;
         step = next_stop(model, {{Kind::coroutine, 3}}, *step)) {
        CHECK(model.event(*step).coroutine == 3);
    }
    const auto channel = next_stop(model, {{Kind::channel, 1}}, 0);
    REQUIRE(channel);
    CHECK(co::trace::subject_of(model.event(*channel).kind) == co::trace::Subject::channel);
}

TEST_CASE("breakpoint: set and taken away by the same click") {
    std::vector<Breakpoint> breakpoints;
    toggle(breakpoints, {Kind::line, 5});
    toggle(breakpoints, {Kind::coroutine, 5});
    CHECK(is_set(breakpoints, {Kind::line, 5}));
    toggle(breakpoints, {Kind::line, 5});
    CHECK_FALSE(is_set(breakpoints, {Kind::line, 5}));
    CHECK(is_set(breakpoints, {Kind::coroutine, 5}));
}
