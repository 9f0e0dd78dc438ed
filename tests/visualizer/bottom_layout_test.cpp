#include "visualizer/layout/bottom_layout.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size mock_size{1280, 100};

Problem deadlock() {
    return {ProblemKind::deadlock,
            12,
            "lessons/scripts/a/long/path/to/12-channels.md",
            31,
            "Every coroutine waits and nothing can wake any of them: main waits in pop() on results, line 12",
            "Push a value, close the channel, or give pop() a timeout, so that main can go on."};
}

}  // namespace

TEST_CASE("bottom: output shows the latest line and greys what is still to come") {
    Fixture fixture;
    const Scene scene = lay_out_bottom(fixture.at(20, mock_size));
    CHECK(has_text(scene, "2 of 6 lines"));
    CHECK(has_text(scene, "tea pushed"));
    CHECK(count_text(scene, "latest") == 1);
    CHECK(count_text(scene, "after the playhead") == 1);
    CHECK(hit_rect(scene, Target::step, 17) == Rect{0, 46, 1280, 18});
    const Scene before = lay_out_bottom(fixture.at(0, mock_size));
    CHECK(count_text(before, "latest") == 0);
    CHECK(has_text(before, "0 of 6 lines"));
}

TEST_CASE("bottom: nothing overlaps or sticks out on any tab at any step") {
    Fixture fixture;
    fixture.model.add_problem(deadlock());
    for (const Size size : {mock_size, Size{1024, 100}, Size{1280, 200}}) {
        for (const BottomTab tab : {BottomTab::output, BottomTab::problems, BottomTab::events}) {
            fixture.view.bottom_tab = tab;
            for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
                INFO("step " << step << ", tab " << static_cast<int>(tab) << ", " << size.w << " x " << size.h);
                check_scene(lay_out_bottom(fixture.at(step, size)), size);
            }
        }
    }
}

TEST_CASE("bottom: events keep the row of this moment in sight and say what happened") {
    Fixture fixture;
    fixture.view.bottom_tab = BottomTab::events;
    for (std::uint32_t step = 1; step <= fixture.model.steps(); ++step) {
        const Scene scene = lay_out_bottom(fixture.at(step, mock_size));
        const Rect row = hit_rect(scene, Target::step, step);
        CHECK(row.y >= 28);
        CHECK(row.bottom() <= 100);
        CHECK(count_text(scene, "now") == 1);
    }
    const Scene scene = lay_out_bottom(fixture.at(20, mock_size));
    CHECK(has_text(scene, fixture.model.sentence(20)));
    CHECK(has_text(scene, "step 21"));
}

TEST_CASE("bottom: a problem names place and remedy, and a long path loses its beginning, not the file") {
    Fixture fixture;
    fixture.model.add_problem(deadlock());
    fixture.view.bottom_tab = BottomTab::problems;
    const Scene scene = lay_out_bottom(fixture.at(12, mock_size));
    CHECK(has_text(scene, deadlock().what));
    CHECK(has_text(scene, deadlock().remedy));
    CHECK(has_text(scene, "…/a/long/path/to/12-channels.md:31"));
    CHECK(hit_rect(scene, Target::problem, 0).h >= 36);
}

TEST_CASE("bottom: empty lists say so, long ones scroll and cost what is in sight") {
    co::trace::Trace trace = lesson12_trace();
    trace.events.clear();
    Fixture fixture(trace);
    CHECK(has_text(lay_out_bottom(fixture.at(0, mock_size)), "This run prints nothing."));
    fixture.view.bottom_tab = BottomTab::problems;
    CHECK(has_text(lay_out_bottom(fixture.at(0, mock_size)), "No problem was found in this run."));

    Fixture many(many_coroutines(1000));
    many.view.bottom_tab = BottomTab::events;
    for (const float scroll : {-1.0F, 0.0F, 777.0F, 1e9F}) {
        many.view.bottom_scroll = scroll;
        const Scene scene = lay_out_bottom(many.at(1500, mock_size));
        CHECK(scene.items.size() < 80);
        CHECK(scene.scroll <= scene.content_height - 72);
        check_scene(scene, mock_size);
    }
}
