#include <algorithm>

#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;

namespace {

std::string label_at(const Lane& lane, std::uint32_t step) {
    const auto found = std::ranges::find(lane.operations, step, &Operation::step);
    return found == lane.operations.end() ? "" : std::string(found->label) + (found->parks ? " parks" : "");
}

}  // namespace

TEST_CASE("the lanes of lesson 12 are the bars of the mock screen") {
    const Model model(lesson12_trace());
    REQUIRE(model.lanes().size() == 4);
    CHECK(model.lanes()[0].name == "main.lua");
    CHECK(model.lanes()[0].stays == std::vector<Stay>{{Activity::running, 1, 3},
                                                      {Activity::handed_off, 3, 4},
                                                      {Activity::running, 4, 5},
                                                      {Activity::handed_off, 5, 6},
                                                      {Activity::running, 6, 7},
                                                      {Activity::handed_off, 7, 10},
                                                      {Activity::running, 10, 12},
                                                      {Activity::waiting_timer, 12, 36},
                                                      {Activity::ready, 36, 37},
                                                      {Activity::running, 37, 39},
                                                      {Activity::done, 39, 40}});
    CHECK(model.lanes()[3].stays == std::vector<Stay>{{Activity::running, 7, 10},
                                                      {Activity::waiting_channel, 10, 16},
                                                      {Activity::ready, 16, 23},
                                                      {Activity::running, 23, 29},
                                                      {Activity::done, 29, 40}});
}

TEST_CASE("in every lane the stays follow each other without a gap") {
    const Model model(lesson12_trace());
    for (const Lane& lane : model.lanes()) {
        for (std::size_t i = 1; i < lane.stays.size(); ++i) CHECK(lane.stays[i].from == lane.stays[i - 1].to);
        CHECK(lane.stays.back().to == model.steps() + 1);
    }
}

TEST_CASE("operations carry the mock's names and know which of them stand on a wait") {
    const Model model(lesson12_trace());
    const Lane& main = model.lanes()[0];
    CHECK(label_at(main, 1) == "start");
    CHECK(label_at(main, 2) == "chan");
    CHECK(label_at(main, 7) == "go parks");
    CHECK(label_at(main, 11) == "print");
    CHECK(label_at(main, 12) == "sleep parks");
    const Lane& consumer = model.lanes()[3];
    CHECK(label_at(consumer, 8) == "after");
    CHECK(label_at(consumer, 9) == "defer");
    CHECK(label_at(consumer, 10) == "pop parks");
    CHECK(label_at(consumer, 23) == "runs");
    CHECK(label_at(consumer, 25) == "pop");
    CHECK(label_at(model.lanes()[1], 13) == "due");
    CHECK(label_at(model.lanes()[1], 16) == "push");
}

TEST_CASE("arrows go from go() to its child, from push to the woken consumer, from a seat to the pop that empties it") {
    CHECK(Model(lesson12_trace()).arrows() ==
          std::vector<Arrow>{{3, 3, 0, 1}, {5, 5, 0, 2}, {7, 7, 0, 3}, {16, 16, 1, 3}, {20, 25, 2, 3}});
}

TEST_CASE("the value of a parked producer is followed from its push to the pop that takes it") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "producer()")
        .add(EventKind::push, {.coroutine = 1, .object = 1}, "1")
        .add(EventKind::push_wait, {.value = forever_ns, .coroutine = 1, .object = 1}, "2")
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::pop, {.coroutine = 0, .object = 1, .other = 1}, "1")
        .add(EventKind::ready, {.coroutine = 0, .object = 1})
        .add(EventKind::pop, {.coroutine = 0, .object = 1}, "2");
    CHECK(Model(writer.take()).arrows() == std::vector<Arrow>{{3, 3, 0, 1}, {4, 6, 1, 0}, {6, 6, 0, 1}, {5, 7, 1, 0}});
}

TEST_CASE("the name of a function is what stands before the bracket") {
    CHECK(function_of("producer(\"tea\")") == "producer");
    CHECK(function_of("main.lua") == "main.lua");
    CHECK(function_of("lessons/main.lua") == "main.lua");
    CHECK(function_of("load(\"a/b\")") == "load");
    CHECK(function_of("(function)") == "(function)");
}
