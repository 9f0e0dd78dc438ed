#include "visualizer/model/choice.h"

#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"

using namespace co::studio;

TEST_CASE("choice: somebody is chosen where the loop runs one of several that are ready") {
    const Model model(lesson12_trace());
    const auto step = next_choice(model, 0);
    REQUIRE(step);
    CHECK(candidates(model, model.at(*step)) == std::vector<std::uint32_t>{1, 2});
    CHECK(model.event(*step + 1).kind == co::trace::EventKind::run);
    CHECK(candidates(model, model.at(0)).empty());
    CHECK(candidates(model, model.at(model.steps())).empty());
    const auto later = next_choice(model, *step + 1);
    if (later) CHECK(*later > *step);
}

TEST_CASE("choice: two runs part at the first step that differs, whatever number its text has") {
    const Model one(lesson12_trace());
    CHECK_FALSE(first_difference(one, Model(lesson12_trace())));

    co::trace::Trace renumbered = lesson12_trace();
    renumbered.texts.insert(renumbered.texts.begin() + 1, "unused");
    for (auto& event : renumbered.events) event.text += event.text > 0 ? 1 : 0;
    CHECK_FALSE(first_difference(one, Model(renumbered)));

    co::trace::Trace other = lesson12_trace();
    for (auto& event : other.events) {
        if (event.kind == co::trace::EventKind::print) {
            event.text = 0;
            break;
        }
    }
    CHECK(first_difference(one, Model(std::move(other))) == one.output().front().step);

    co::trace::Trace shorter = lesson12_trace();
    while (!co::trace::is_step(shorter.events.back().kind)) shorter.events.pop_back();
    shorter.events.pop_back();
    CHECK(first_difference(one, Model(std::move(shorter))) == one.steps());
}
