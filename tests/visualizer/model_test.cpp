#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::nobody;

namespace {

/// Everything that a screen shows of a state, as text, so that two states can be compared.
std::string told(const Model& model, const State& state) {
    std::string text = std::to_string(state.step) + ' ' + std::to_string(state.time) + ' ' +
                       std::to_string(state.running) + ' ' + std::to_string(state.lines_of_output) + '\n';
    for (const CoroutineState& coroutine : state.coroutines) {
        const Model::Card card = model.card(coroutine.id, state);
        text += card.chip + card.state + card.place + card.story + card.outlook + '\n';
        for (const auto& [name, value] : card.rows) text += name + value + '\n';
    }
    for (const ChannelState& channel : state.channels) {
        for (const Seat& seat : channel.seats) text += std::to_string(seat.text) + ' ' + std::to_string(seat.step);
        for (const std::uint32_t id : channel.consumers) text += " consumer " + std::to_string(id);
        for (const std::uint32_t id : channel.producers) text += " producer " + std::to_string(id);
    }
    for (const HeapEntry& entry : state.timer_heap()) {
        text += " heap " + std::to_string(entry.coroutine) + ' ' + std::to_string(entry.deadline);
    }
    for (const std::uint32_t id : state.ready) text += " ready " + std::to_string(id);
    return text;
}

/// Two coroutines that hand a value to and fro, `rounds` times.
co::trace::Trace long_trace(std::uint32_t rounds) {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs");
    for (std::uint32_t i = 0; i < rounds; ++i) {
        writer.at_ms(i)
            .add(EventKind::push, {.coroutine = 0, .object = 1}, "1")
            .add(EventKind::line, {.coroutine = 0, .line = i % 30 + 1})
            .add(EventKind::pop, {.coroutine = 0, .object = 1}, "1")
            .add(EventKind::requeue, {.coroutine = 0})
            .add(EventKind::run, {.coroutine = 0});
    }
    return writer.take();
}

}  // namespace

TEST_CASE("lesson 12 has 39 steps and its sentences") {
    const Model model(lesson12_trace());
    CHECK(model.steps() == 39);
    CHECK(model.sentence(20) == "push(\"milk\"): no consumer waits, so it takes seat 1");
    CHECK(model.call(20) == "push(\"milk\")");
    CHECK(model.call(4) == "sleep(0.12)");
    CHECK(model.call(10) == "pop()");
    CHECK(model.function_name(1) == "producer");
    CHECK(model.function_name(0) == "main.lua");
    CHECK(Model::chip(0) == "main");
    CHECK(Model::chip(2) == "co#2");
    CHECK(Model::chip(nobody) == "loop");
}

TEST_CASE("seeking to any step equals folding from the start") {
    const Model lesson(lesson12_trace());
    State folded;
    for (std::uint32_t step = 1; step <= lesson.steps(); ++step) {
        lesson.advance(folded);
        CHECK(told(lesson, folded) == told(lesson, lesson.at(step)));
    }
    const Model longer(long_trace(400));
    REQUIRE(longer.steps() > 4 * Model::keyframe_every);
    State there;
    for (std::uint32_t step = 1; step <= longer.steps(); ++step) {
        longer.advance(there);
        if (step % 37 == 0 || step % Model::keyframe_every < 2)
            CHECK(told(longer, there) == told(longer, longer.at(step)));
    }
}

TEST_CASE("a seek is clamped to the run, and step 0 is before everything") {
    const Model model(lesson12_trace());
    CHECK(model.at(0).step == 0);
    CHECK(model.at(0).coroutines.empty());
    CHECK(model.at(1000).step == 39);
    CHECK(model.sentence(0) == "before the first step");
    CHECK(model.events_after(39).empty());
}

TEST_CASE("100,000 events are indexed and any of their moments is found") {
    const Model model(long_trace(20'000));
    CHECK(model.trace().events.size() == 100'002);
    CHECK(model.steps() == 80'002);
    for (const std::uint32_t step : {1u, 255u, 256u, 257u, 40'000u, 80'001u, 80'002u}) {
        const State state = model.at(step);
        CHECK(state.step == step);
        CHECK(state.time == model.event(step).time);
    }
}

TEST_CASE("the lines before a step belong to it, the details after it too") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::line, {.coroutine = 0, .line = 1})
        .add(EventKind::print, {.coroutine = 0, .line = 1}, "hello")
        .add(EventKind::line, {.coroutine = 0, .line = 2})
        .add(EventKind::print, {.coroutine = 0, .line = 2}, "there");
    const Model model(writer.take());
    CHECK(model.at(1).coroutine(0)->line == 0);
    CHECK(model.at(2).coroutine(0)->line == 1);
    CHECK(model.at(3).coroutine(0)->line == 2);
}

TEST_CASE("switches, steps of one coroutine, and moments in time are found in both directions") {
    const Model model(lesson12_trace());
    CHECK(model.next_switch(0) == 1);
    CHECK(model.next_switch(7) == 10);
    CHECK(model.next_switch(15) == 19);
    CHECK(model.previous_switch(20) == 19);
    CHECK(model.previous_switch(19) == 15);
    CHECK(model.previous_switch(1) == 0);
    CHECK(model.next_switch(37) == 39);

    CHECK(model.next_of(2, 20) == 21);
    CHECK(model.next_of(3, 10) == 16);
    CHECK(model.previous_of(3, 20) == 16);
    CHECK(model.previous_of(2, 5) == 5);
    CHECK(model.next_of(3, 29) == 29);
    CHECK(model.next_of(77, 3) == 3);

    CHECK(model.step_at_time(0) == 1);
    CHECK(model.step_at_time(1) == 13);
    CHECK(model.step_at_time(120'000'000) == 13);
    CHECK(model.step_at_time(170'000'000) == 30);
    CHECK(model.step_at_time(1'000'000'000) == 39);
}

TEST_CASE("the output and the clock's spans are those of lesson 12") {
    const Model model(lesson12_trace());
    REQUIRE(model.output().size() == 6);
    CHECK(model.output()[1].step == 17);
    CHECK(model.output()[1].coroutine == 1);
    CHECK(model.output()[1].text == "tea pushed");
    CHECK(model.output()[5].text == "main ends");
    REQUIRE(model.clock().size() == 4);
    CHECK(model.clock()[1].from == 13);
    CHECK(model.clock()[1].time == 120'000'000);
    CHECK(model.clock()[2].from == 30);
    CHECK(model.clock()[3].from == 36);
}

TEST_CASE("the list of events names who did what") {
    const Model model(lesson12_trace());
    CHECK(model.line(10).who == "co#3");
    CHECK(model.line(10).verb == "parks in pop");
    CHECK(model.line(13).who == "loop");
    CHECK(model.line(20).verb == "push");
    CHECK(model.line(20).time == 120'000'000);
    State state;
    for (std::uint32_t step = 1; step <= model.steps(); ++step) {
        CHECK(model.next_line(state).what == model.line(step).what);
    }
}

TEST_CASE("a moved model still shows its trace") {
    Model first(lesson12_trace());
    const Model second(std::move(first));
    CHECK(second.output()[0].text == "main waits");
    CHECK(second.lanes()[3].chip == "co#3");
}

TEST_CASE("an empty trace and a broken one make a model") {
    const Model empty{co::trace::Trace{}};
    CHECK(empty.steps() == 0);
    CHECK(empty.at(5).step == 0);
    CHECK(empty.step_at_time(7) == 0);

    co::trace::Trace broken = lesson12_trace();
    for (std::size_t i = 0; i < broken.events.size(); i += 3) {
        broken.events[i].text = 999;
        broken.events[i].source = 9;
        broken.events[i].other = 12;
    }
    const Model model(std::move(broken));
    for (std::uint32_t step = 0; step <= model.steps(); ++step) {
        const State state = model.at(step);
        CHECK(!model.sentence(step).empty());
        for (const Lane& lane : model.lanes()) (void)model.card(lane.coroutine, state);
    }
}

TEST_CASE("model: read in slices it is the same as at once") {
    const Model whole(lesson12_trace());
    for (const std::uint32_t slice : {1U, 7U, 1000U}) {
        Model::Builder builder(lesson12_trace());
        int slices = 1;
        while (!builder.read(slice)) ++slices;
        const std::unique_ptr<Model> model = builder.take();
        CHECK(slices == static_cast<int>((whole.steps() + slice - 1) / slice));
        REQUIRE(model->steps() == whole.steps());
        REQUIRE(model->lanes().size() == whole.lanes().size());
        for (std::size_t i = 0; i < whole.lanes().size(); ++i) CHECK(model->lanes()[i].stays == whole.lanes()[i].stays);
        CHECK(model->arrows() == whole.arrows());
        CHECK(model->output().size() == whole.output().size());
        for (std::uint32_t step = 0; step <= whole.steps(); ++step)
            CHECK(model->sentence(step) == whole.sentence(step));
    }
}
