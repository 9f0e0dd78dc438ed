#include "visualizer/layout/inspector_layout.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size mock_inspector{500, 464};
constexpr Size small{360, 304};  // of a window of 1024 x 640

bool has_stroke(const Scene& scene, const Rect& rect, Ink ink) {
    return std::any_of(scene.items.begin(), scene.items.end(), [&](const Item& item) {
        const auto* stroke = std::get_if<StrokeRect>(&item);
        return stroke && stroke->rect == rect && stroke->ink == ink;
    });
}

std::vector<Pie> pies(const Scene& scene) {
    std::vector<Pie> all;
    for (const Item& item : scene.items) {
        if (const auto* pie = std::get_if<Pie>(&item)) all.push_back(*pie);
    }
    return all;
}

/// A channel of capacity 10 with three values, one producer that waits, and a group.
co::trace::Trace wide_channel(std::int64_t capacity, std::uint32_t values) {
    using co::trace::EventKind;
    co::trace::Recorder recorder;
    recorder.source("wide.lua", "-- nothing\n");
    recorder.record({.coroutine = 0, .text = recorder.text("wide.lua"), .line = 1, .kind = EventKind::start});
    recorder.record(
        {.value = capacity, .coroutine = 0, .object = 1, .text = recorder.text("jobs"), .kind = EventKind::channel});
    for (std::uint32_t i = 0; i < values; ++i) {
        recorder.record(
            {.coroutine = 0, .object = 1, .text = recorder.text(std::to_string(i)), .kind = EventKind::push});
    }
    recorder.record({.coroutine = 0, .object = 1, .text = recorder.text("wg"), .kind = EventKind::group});
    recorder.record({.value = 3, .coroutine = 0, .object = 1, .kind = EventKind::group_add});
    return recorder.take();
}

/// A mutex that main holds, a semaphore and a barrier; `waiters` coroutines wait at each.
co::trace::Trace gates(std::uint32_t waiters) {
    using co::trace::EventKind;
    co::trace::Recorder recorder;
    recorder.source("gates.lua", "-- nothing\n");
    recorder.record({.coroutine = 0, .text = recorder.text("gates.lua"), .line = 1, .kind = EventKind::start});
    const char* const names[] = {"door", "connections", "round"};
    for (std::uint32_t kind = 0; kind < 3; ++kind) {
        recorder.record({.value = 10,
                         .coroutine = 0,
                         .object = kind + 1,
                         .other = kind,
                         .text = recorder.text(names[kind]),
                         .kind = EventKind::gate});
        if (kind < 2) recorder.record({.value = 0, .coroutine = 0, .object = kind + 1, .kind = EventKind::gate_pass});
        for (std::uint32_t i = 0; i < waiters; ++i) {
            const std::uint32_t id = kind * waiters + i + 1;
            recorder.record({.coroutine = 0, .object = id, .text = recorder.text("f()"), .kind = EventKind::go});
            recorder.record(
                {.value = co::trace::forever_ns, .coroutine = id, .object = kind + 1, .kind = EventKind::gate_wait});
            recorder.record({.coroutine = 0, .object = id, .kind = EventKind::back});
        }
    }
    return recorder.take();
}

}  // namespace

TEST_CASE("inspector: at step 20 the milk has just taken seat 1, as in the mock") {
    Fixture fixture;
    const Scene scene = lay_out_inspector(fixture.at(20, mock_inspector));
    CHECK(has_text(scene, "capacity 2, 1 seat taken, open"));
    CHECK(has_text(scene, "\"milk\""));
    CHECK(has_text(scene, "seat 1, next out"));
    CHECK(count_text(scene, "free") == 1);
    CHECK(count_text(scene, "nobody waits") == 2);
    CHECK(has_text(scene, "co#3 left it at step 16, with \"tea\""));
    CHECK(has_stroke(scene, {256, 204, 80, 48}, Ink::now));  // the seat that was taken in this step
    CHECK(has_text(scene, "push(\"milk\"): no consumer waits, so it takes seat 1"));
    CHECK(has_text(scene, "has \"tea\""));
}

TEST_CASE("inspector: a value glides along its way, and takes its seat and the outline of now when it arrives") {
    Fixture fixture;
    const auto x_of_milk = [&](float flight) {
        fixture.view.flight = flight;
        const Scene scene = lay_out_inspector(fixture.at(20, mock_inspector));
        CHECK(count_text(scene, "\"milk\"") == 1);  // it is never in two places
        CHECK(has_stroke(scene, {256, 204, 80, 48}, Ink::now) == (flight == 0));
        for (const SeenText& seen : seen_texts(scene, mock_inspector)) {
            if (seen.text == "\"milk\"") return seen.rect.x + seen.rect.w / 2;
        }
        return 0.0F;
    };
    CHECK(x_of_milk(1) == doctest::Approx(204));  // above the seat behind
    CHECK(x_of_milk(0.5F) > 280);                 // fast at first
    CHECK(x_of_milk(0.5F) < 296);
    CHECK(x_of_milk(0) == doctest::Approx(296));
}

TEST_CASE("inspector: a pie shrinks from what it was at the step before") {
    Fixture fixture;
    std::uint32_t jump = 0;
    for (std::uint32_t step = 2; step <= 20 && jump == 0; ++step) {
        if (fixture.model.event(step).time > fixture.model.event(step - 1).time) jump = step;
    }
    REQUIRE(jump > 0);
    const auto last_pie = [&](float glide) {
        fixture.view.glide = glide;
        return pies(lay_out_inspector(fixture.at(jump, mock_inspector))).back().share;
    };
    const float before = last_pie(1), middle = last_pie(0.5F), after = last_pie(0);
    CHECK(before > after);
    CHECK(middle == doctest::Approx((before + after) / 2).epsilon(0.02));
}

TEST_CASE("inspector: the timer heap is a tree, the pies are what is left of each wait") {
    Fixture fixture;
    const Scene scene = lay_out_inspector(fixture.at(20, mock_inspector));
    const auto all = pies(scene);
    REQUIRE(all.size() == 3);
    CHECK(all[0].center.x == 128);
    CHECK(all[1].center.y == all[2].center.y);
    CHECK(all[1].center.y > all[0].center.y);
    CHECK(all[0].share == doctest::Approx(1));
    CHECK(all[1].share == doctest::Approx(0.7));
    CHECK(all[2].share == doctest::Approx(0.6));
    CHECK(has_text(scene, "timer t"));
    CHECK(has_text(scene, "clock jumps 50 ms"));
}

TEST_CASE("inspector: nothing overlaps or sticks out on any tab, at any step, wide or narrow") {
    Fixture fixture;
    for (const Size size : {mock_inspector, small, Size{360, 500}, Size{800, 700}, Size{500, 395}}) {
        for (const InspectorTab tab :
             {InspectorTab::channels, InspectorTab::timers, InspectorTab::reactor, InspectorTab::waits}) {
            fixture.view.inspector_tab = tab;
            for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
                INFO("step " << step << ", tab " << static_cast<int>(tab) << ", " << size.w << " x " << size.h);
                check_scene(lay_out_inspector(fixture.at(step, size)), size);
            }
        }
    }
}

TEST_CASE("inspector: nothing jumps while a lesson plays: parts stand at the same height at every step") {
    Fixture fixture;
    const float top = hit_rect(lay_out_inspector(fixture.at(2, mock_inspector)), Target::channel, 1).y;
    CHECK(top == 164);
    for (std::uint32_t step = 2; step <= fixture.model.steps(); ++step) {
        CHECK(hit_rect(lay_out_inspector(fixture.at(step, mock_inspector)), Target::channel, 1).y == top);
    }
}

TEST_CASE("inspector: a channel of any capacity fits, and groups show their count") {
    for (const std::int64_t capacity : {1, 3, 10, 1000}) {
        for (const std::uint32_t values : {0U, 1U, 3U, 900U}) {
            if (values > capacity) continue;
            Fixture fixture(wide_channel(capacity, values));
            for (const Size size : {mock_inspector, small}) {
                const Scene scene = lay_out_inspector(fixture.at(fixture.model.steps(), size));
                INFO("capacity " << capacity << ", values " << values << ", width " << size.w);
                check_scene(scene, size);
                CHECK(has_text(scene, "wg"));
                CHECK(has_text(scene, "3"));
                if (values > 0) CHECK(has_text(scene, "0"));  // the first pushed is next out
            }
        }
    }
}

TEST_CASE("inspector: a mutex shows its owner, a semaphore its places, a barrier who is missing, and who waits") {
    constexpr Size high{500, 900};
    Fixture fixture(gates(2));
    const Scene scene = lay_out_inspector(fixture.at(fixture.model.steps(), high));
    CHECK(has_text(scene, "door"));
    CHECK(has_text(scene, "mutex, main holds it"));
    CHECK(has_text(scene, "semaphore, 0 places free"));
    CHECK(has_text(scene, "barrier for 10, 8 to arrive"));
    CHECK(has_text(scene, "8"));
    CHECK_FALSE(has_text(scene, "No channel has been made yet."));
    for (const char* chip : {"co#1", "co#2", "co#3", "co#4", "co#5", "co#6"}) CHECK(has_text(scene, chip));
    CHECK(has_text(lay_out_inspector(fixture.at(2, high)), "free"));
    Fixture many(gates(40));
    for (const Size size : {mock_inspector, small, high}) {
        for (Fixture* each : {&fixture, &many}) {
            INFO("width " << size.w << ", height " << size.h);
            check_scene(lay_out_inspector(each->at(each->model.steps(), size)), size);
        }
    }
}

TEST_CASE("inspector: a deadlock belongs to no coroutine, and the card says what it is") {
    co::trace::Recorder recorder;
    recorder.source("stuck.lua", "chan(1):pop()\n");
    recorder.record(
        {.coroutine = 0, .text = recorder.text("stuck.lua"), .line = 1, .kind = co::trace::EventKind::start});
    recorder.record({.coroutine = 0, .object = 1, .line = 1, .kind = co::trace::EventKind::pop_wait});
    recorder.record({.kind = co::trace::EventKind::deadlock});
    Fixture fixture(recorder.take());
    fixture.model.add_problem({ProblemKind::deadlock, 3, "stuck.lua", 1, "Everybody is stuck", "Push a value."});
    const Scene scene = lay_out_inspector(fixture.at(3, mock_inspector));
    CHECK(has_text(scene, "Push a value."));
    check_scene(scene, mock_inspector);
    CHECK_FALSE(has_text(lay_out_inspector(fixture.at(2, mock_inspector)), "Push a value."));
}

TEST_CASE("inspector: before the first step it says so, and a thousand coroutines cost what is in sight") {
    Fixture fixture;
    const Scene before = lay_out_inspector(fixture.at(0, mock_inspector));
    CHECK(has_text(before, "No channel has been made yet."));
    CHECK(has_text(before, "no timer runs, nobody sleeps"));
    Fixture many(many_coroutines(1000));
    for (const InspectorTab tab :
         {InspectorTab::channels, InspectorTab::timers, InspectorTab::reactor, InspectorTab::waits}) {
        many.view.inspector_tab = tab;
        const Scene scene = lay_out_inspector(many.at(2001, mock_inspector));
        CHECK(scene.items.size() < 400);
        check_scene(scene, mock_inspector);
    }
    CHECK(has_text(lay_out_inspector(many.at(2001, mock_inspector)), "Who waits"));
}
