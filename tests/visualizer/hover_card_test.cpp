#include "visualizer/layout/hover_card.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size window{1280, 800};

Ink ink_of_text(const Scene& scene, const std::string& text) {
    for (const Item& item : scene.items) {
        const auto* drawn = std::get_if<Text>(&item);
        if (drawn && drawn->text == text) return drawn->style.ink;
    }
    FAIL("no text " << text);
    return Ink::window;
}

}  // namespace

TEST_CASE("hover card: tells why a coroutine is here, with code set as code") {
    Fixture fixture;
    const Scene card = lay_out_hover_card(fixture.at(20, window), 3);
    CHECK(has_text(card, "co#3"));
    CHECK(has_text(card, "ready"));
    CHECK(has_text(card, "consumer"));
    CHECK(ink_of_text(card, "pop()") == Ink::text1);
    CHECK(ink_of_text(card, "results") == Ink::text1);
    CHECK(ink_of_text(card, "\"tea\"") == Ink::string);
    CHECK(has_text(card, "Runs when co#2 waits or ends."));
}

TEST_CASE("hover card: its words stay inside for every coroutine at every step") {
    Fixture fixture;
    for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
        const PanelInput input = fixture.at(step, window);
        for (std::uint32_t coroutine = 0; coroutine < 4; ++coroutine) {
            const Scene card = lay_out_hover_card(input, coroutine);
            INFO("step " << step << ", coroutine " << coroutine);
            check_scene(card, hover_card_size(card));
            const CoroutineState* state = input.state.coroutine(coroutine);
            const bool there = state && state->activity != Activity::unborn;
            CHECK(card.items.empty() != there);
        }
    }
}

TEST_CASE("hover card: hangs below the chip, or above it, never out of the window") {
    CHECK(place_hover_card({312, 307, 54, 16}, {340, 89}, window) == Rect{320, 325, 340, 89});
    CHECK(place_hover_card({312, 780, 54, 16}, {340, 89}, window).bottom() < 780);
    CHECK(place_hover_card({1200, 300, 54, 16}, {340, 89}, window).right() <= 1280);
    CHECK(place_hover_card({0, 2, 54, 16}, {340, 89}, window).x >= 0);
}
