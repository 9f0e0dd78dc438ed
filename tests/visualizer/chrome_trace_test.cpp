#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/export/chrome_trace.h"

using namespace co::studio;
using co::trace::EventKind;
using Json = nlohmann::json;

namespace {

Json exported(TraceClock clock = TraceClock::steps) {
    return Json::parse(chrome_trace(Model(lesson12_trace()), clock));
}

std::vector<Json> of_phase(const Json& file, std::string_view phase) {
    std::vector<Json> events;
    for (const Json& event : file["traceEvents"]) {
        if (event["ph"] == phase) events.push_back(event);
    }
    return events;
}

std::int64_t nanoseconds(const Json& microseconds) {
    return static_cast<std::int64_t>(microseconds.get<double>() * 1000 + 0.5);
}

/// Slices of a lane, in the order of the file, lie within the ones that are still open, or after them.
void check_nesting(const Json& file) {
    std::map<int, std::vector<std::int64_t>> open_ends;
    std::int64_t latest = 0;
    for (const Json& slice : of_phase(file, "X")) {
        const std::int64_t begin = nanoseconds(slice["ts"]);
        const std::int64_t end = begin + nanoseconds(slice["dur"]);
        auto& ends = open_ends[slice["tid"].get<int>()];
        while (!ends.empty() && ends.back() <= begin) ends.pop_back();
        CHECK(begin >= latest);
        CHECK(end - begin >= 1);
        if (!ends.empty()) CHECK(end <= ends.back());
        ends.push_back(end);
        latest = begin;
    }
}

}  // namespace

TEST_CASE("a Chrome trace names its process and its lanes, with ids that nothing else has") {
    const Json file = exported();
    CHECK(file["displayTimeUnit"] == "ns");
    CHECK(file["metadata"]["clock"] == "steps");
    std::map<std::string, int> threads;
    for (const Json& event : of_phase(file, "M")) {
        if (event["name"] != "thread_name") continue;
        CHECK(event["tid"] != 0);
        CHECK(event["tid"] != event["pid"]);
        threads[event["args"]["name"]] = event["tid"];
    }
    CHECK(threads.size() == 4);
    CHECK(threads["main main.lua"] == 1001);
    CHECK(threads["co#3 consumer"] == 1004);
}

TEST_CASE("the slices of a lane nest or are disjoint, in both clocks") {
    check_nesting(exported());
    const Json by_time = exported(TraceClock::virtual_time);
    CHECK(by_time["metadata"]["clock"] == "virtual");
    check_nesting(by_time);
}

TEST_CASE("in steps a slice is as wide as its stay, in virtual time as long") {
    const auto wait_of_main = [](const Json& file) {
        for (const Json& slice : of_phase(file, "X")) {
            if (slice["tid"] == 1001 && slice["name"] == "waiting: timer") return slice;
        }
        return Json();
    };
    CHECK(wait_of_main(exported())["ts"] == 12.0);
    CHECK(wait_of_main(exported())["dur"] == 24.0);
    CHECK(wait_of_main(exported())["args"]["waits_in"] == "sleep(0.3)");
    const double dur = wait_of_main(exported(TraceClock::virtual_time))["dur"];
    CHECK(dur > 299'999.0);
    CHECK(dur <= 300'000.0);
}

TEST_CASE("each arrow is a cause and an effect with one bind_id, the cause first") {
    for (const TraceClock clock : {TraceClock::steps, TraceClock::virtual_time}) {
        std::map<std::string, std::string> arrows;
        for (const Json& slice : of_phase(exported(clock), "X")) {
            if (!slice.contains("bind_id")) continue;
            const std::string id = slice["bind_id"];
            CHECK(id.starts_with("0x"));
            arrows[id] += slice.contains("flow_out") ? "out " : "in ";
        }
        CHECK(arrows.size() == 5);
        for (const auto& [id, ends] : arrows) CHECK(ends == "out in ");
    }
}

TEST_CASE("counters are written on change only, and every printed line is a point") {
    const Json file = exported();
    std::map<std::string, int> last;
    for (const Json& event : of_phase(file, "C")) {
        const std::string name = event["name"];
        const int value = event["args"]["count"];
        if (last.contains(name)) CHECK(last[name] != value);
        last[name] = value;
    }
    CHECK(last.size() == 2);
    const auto points = of_phase(file, "i");
    REQUIRE(points.size() == 6);
    CHECK(points[1]["args"]["text"] == "tea pushed");
    CHECK(points[1]["s"] == "t");
    CHECK(points[1]["ts"] == 17.0);
}

TEST_CASE("one cause with several effects binds each of them") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua").add(EventKind::group, {.coroutine = 0, .object = 1});
    for (const std::uint32_t id : {1u, 2u}) {
        writer.add(EventKind::go, {.coroutine = 0, .object = id}, "worker()")
            .add(EventKind::group_wait, {.value = co::trace::forever_ns, .coroutine = id, .object = 1, .other = 1})
            .add(EventKind::back, {.coroutine = 0, .object = id});
    }
    writer.add(EventKind::group_done, {.value = 0, .coroutine = 0, .object = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 2});
    const Json file = Json::parse(chrome_trace(Model(writer.take())));
    check_nesting(file);
    std::set<std::string> causes, effects;
    for (const Json& slice : of_phase(file, "X")) {
        if (slice.contains("flow_out")) causes.insert(slice["bind_id"]);
        if (slice.contains("flow_in")) effects.insert(slice["bind_id"]);
    }
    CHECK(causes.size() == 4);
    CHECK(causes == effects);
}

TEST_CASE("a printed line that is no text does not break the file") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua").add(EventKind::print, {.coroutine = 0}, "\xFF\"\n");
    CHECK(Json::parse(chrome_trace(Model(writer.take())))["traceEvents"].size() > 4);
    CHECK(Json::parse(chrome_trace(Model(co::trace::Trace{})))["metadata"]["seed"] == 0);
}

TEST_CASE("a mutex is called by the script's own words") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 1, .other = 0}, "door")
        .add(EventKind::gate_pass, {.value = 0, .coroutine = 0, .object = 1})
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "guest()")
        .add(EventKind::gate_wait, {.value = co::trace::forever_ns, .coroutine = 1, .object = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const Json file = Json::parse(chrome_trace(Model(writer.take())));
    check_nesting(file);
    std::set<std::string> names, places;
    for (const Json& slice : of_phase(file, "X")) {
        names.insert(slice["name"]);
        if (slice["args"].contains("waits_in")) places.insert(slice["args"]["waits_in"]);
    }
    for (const char* name : {"Mutex", "lock", "unlock"}) CHECK(names.contains(name));
    CHECK(places == std::set<std::string>{"lock() on door"});
}
