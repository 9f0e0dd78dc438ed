#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/layout/inspector_layout.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

/// Two coroutines: co#1 goes down to 40 calls, parks there, and comes back.
co::trace::Trace deep() {
    TraceWriter writer;
    writer.add(EventKind::line, {.value = 1, .coroutine = 0, .line = 1})
        .add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::go, {.coroutine = 0, .object = 1, .line = 2}, "down()");
    for (std::int64_t calls = 1; calls <= 40; ++calls) {
        writer.add(EventKind::line, {.value = calls, .coroutine = 1, .line = 5});
    }
    writer.add(EventKind::sleep, {.value = 1'000'000, .coroutine = 1, .line = 5})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::done, {.coroutine = 0})
        .at_ms(1)
        .add(EventKind::due, {.coroutine = 1})
        .add(EventKind::run, {.coroutine = 1})
        .add(EventKind::line, {.value = 3, .coroutine = 1, .line = 6})
        .add(EventKind::print, {.coroutine = 1, .line = 6}, "up again")
        .add(EventKind::done, {.coroutine = 1});
    return writer.take();
}

}  // namespace

TEST_CASE("stack: calls now and at most, of each coroutine, filled while they are open") {
    Fixture fixture(deep());
    fixture.view.inspector_tab = InspectorTab::stack;
    const Size size{500, 464};
    const std::uint32_t steps = fixture.model.steps();
    CHECK(has_text(lay_out_inspector(fixture.at(3, size)), "40 now, 40 at most"));
    CHECK(has_text(lay_out_inspector(fixture.at(3, size)), "1 now, 1 at most"));
    CHECK(has_text(lay_out_inspector(fixture.at(steps - 1, size)), "3 now, 40 at most"));
    CHECK(has_text(lay_out_inspector(fixture.at(steps, size)), "ended, 40 at most"));
    const Scene scene = lay_out_inspector(fixture.at(3, size));
    const auto bars = std::count_if(scene.items.begin(), scene.items.end(), [](const Item& item) {
        const auto* bar = std::get_if<FillRect>(&item);
        return bar && bar->ink == Ink::waiting_timer && bar->rect.h == 14;
    });
    CHECK(bars == 1);
}

TEST_CASE("stack: nothing overlaps or sticks out, with few coroutines, many, and none that has calls") {
    for (const co::trace::Trace& trace : {deep(), many_coroutines(200), lesson12_trace()}) {
        Fixture fixture(trace);
        fixture.view.inspector_tab = InspectorTab::stack;
        for (const Size size : {Size{500, 464}, {360, 304}}) {
            for (std::uint32_t step = 0; step <= fixture.model.steps(); step += 1 + fixture.model.steps() / 50) {
                INFO("step " << step << ", width " << size.w);
                check_scene(lay_out_inspector(fixture.at(step, size)), size);
            }
        }
    }
}
