#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/layout/inspector_layout.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;

namespace {

/// A table that main and a process `west` write to, and a Lock that west holds and main waits for.
co::trace::Trace two_tills() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::process_start, {.coroutine = 0, .object = 7}, "west")
        .add(EventKind::start, {.process = 7, .coroutine = 0}, "west")
        .add(EventKind::shared, {.value = 2, .coroutine = 0, .object = 1, .other = 0}, "stock")
        .add(EventKind::shared, {.coroutine = 0, .object = 2, .other = 3}, "door")
        .add(EventKind::shared_write, {.value = 1, .coroutine = 0, .object = 1, .line = 4}, "set(\"tea\") left = 10")
        .add(EventKind::shared_read, {.value = 1, .process = 7, .coroutine = 0, .object = 1, .line = 8},
             "get(\"tea\") left = 10")
        .add(EventKind::shared_pass, {.value = 1, .process = 7, .coroutine = 0, .object = 2, .line = 9})
        .add(EventKind::shared_wait, {.value = forever_ns, .coroutine = 0, .object = 2, .line = 5})
        .add(EventKind::shared_refused, {.value = 2, .process = 7, .coroutine = 0, .object = 1, .line = 10},
             "set(\"a long name of a row that does not fit\") full");
    return writer.take();
}

}  // namespace

TEST_CASE("shared view: what it holds, who has it, who waits, and the last calls with process, line and step") {
    Fixture fixture(two_tills());
    const Size size{500, 600};
    const Scene scene = lay_out_inspector(fixture.at(fixture.model.steps(), size));
    check_scene(scene, size);
    CHECK(has_text(scene, "stock"));
    CHECK(has_text(scene, "Table, 2 of 2 rows"));
    CHECK(has_text(scene, "set(\"tea\")  left = 10"));
    CHECK(has_text(scene, "west, line 8"));
    CHECK(has_text(scene, "step 6"));
    CHECK(has_text(scene, "door"));
    CHECK(has_text(scene, "Lock, main of west holds it; main of program waits"));
    CHECK(has_text(scene, "lock()  waits"));
}

TEST_CASE("shared view: nothing overlaps or sticks out, at any size and step") {
    for (const Size size : {Size{500, 464}, Size{360, 304}, Size{300, 700}, Size{900, 500}}) {
        Fixture fixture(two_tills());
        for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
            CAPTURE(size.w);
            CAPTURE(step);
            check_scene(lay_out_inspector(fixture.at(step, size)), size);
        }
    }
}
