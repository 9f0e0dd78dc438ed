// The importer's rules, restated: an array of events that may end anywhere; of each event the fields it needs; slices
// of a lane nest or are disjoint; an arrow has one cause and one effect.
#include "visualizer/export/live_trace.h"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/visualizer/lesson12_trace.h"

using namespace co::studio;
using Json = nlohmann::json;

namespace {

/// What stands in the file once `events` of lesson 12 have happened; all of them, and the program's end, by default.
std::string written_live(std::size_t events = SIZE_MAX) {
    const co::trace::Trace trace = lesson12_trace();
    std::string file;
    bool is_killed = false;
    {
        LiveTrace live("main.lua", [&](std::string_view text) {
            if (!is_killed) file += text;
        });
        for (const std::string& text : trace.texts) live.text(text);
        for (std::size_t i = 0; i < std::min(events, trace.events.size()); ++i) live.record(trace.events[i]);
        is_killed = events != SIZE_MAX;
    }
    return file;
}

/// As importers read: events one after the other until the array or the file ends; a last one that is cut is dropped.
std::vector<Json> imported(std::string_view file) {
    std::vector<Json> events;
    if (file.substr(0, 2) != "[\n") return events;
    file.remove_prefix(2);
    while (!file.empty() && file != "]\n" && file != "]") {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.ends_with(',')) line.remove_suffix(1);
        Json event = Json::parse(line, nullptr, false);
        if (event.is_discarded()) {
            CHECK(file.empty());  // only the last one may be broken
            break;
        }
        events.push_back(std::move(event));
    }
    return events;
}

std::int64_t to_nanoseconds(const Json& microseconds) {
    return static_cast<std::int64_t>(microseconds.get<double>() * 1000 + 0.5);
}

struct Span {
    std::int64_t begin, end;
};

void check_event(const Json& event) {
    const std::string phase = event.at("ph");
    REQUIRE(std::set<std::string>{"M", "X", "i", "C"}.contains(phase));
    CHECK(event.at("name").is_string());
    CHECK(event.at("pid") == 1);
    if (event.contains("tid")) CHECK(event["tid"] > 1000);
    if (phase != "M") CHECK(event.at("ts").get<double>() >= 0);
    if (phase == "X") CHECK(to_nanoseconds(event.at("dur")) >= 1);
    if (phase == "i") CHECK(event.at("s") == "t");
}

/// Every event has what it needs, slices nest or are disjoint, and each arrow has both its ends.
void check_events(const std::vector<Json>& events) {
    std::map<int, std::vector<Span>> lanes;
    std::map<std::string, std::set<std::string>> arrows;
    for (const Json& event : events) {
        check_event(event);
        if (event["ph"] != "X") continue;
        const std::int64_t begin = to_nanoseconds(event["ts"]);
        lanes[event["tid"]].push_back({begin, begin + to_nanoseconds(event["dur"])});
        if (event.contains("bind_id")) arrows[event["bind_id"]].insert(event.contains("flow_out") ? "out" : "in");
    }
    for (auto& [lane, spans] : lanes) {
        for (const Span& a : spans) {
            const bool nests = std::all_of(spans.begin(), spans.end(), [&](const Span& b) {
                const bool apart = a.end <= b.begin || b.end <= a.begin;
                return apart || (a.begin <= b.begin && b.end <= a.end) || (b.begin <= a.begin && a.end <= b.end);
            });
            CHECK(nests);
        }
    }
    const auto unfinished =
        std::count_if(arrows.begin(), arrows.end(), [](const auto& one) { return one.second.size() != 2; });
    CHECK(unfinished <= 1);  // the one that was being written when the program died
}

}  // namespace

TEST_CASE("live trace: of a program that ends it is a whole array with every lane, state and arrow") {
    const std::string file = written_live();
    const Json whole = Json::parse(file);
    const std::vector<Json> events = imported(file);
    CHECK(events.size() == whole.size());
    check_events(events);
    std::set<std::string> lanes, names;
    std::size_t output = 0, causes = 0;
    for (const Json& event : events) {
        if (event["name"] == "thread_name") lanes.insert(event["args"]["name"]);
        if (event["ph"] == "X") names.insert(event["name"]);
        output += event["ph"] == "i";
        causes += event.contains("flow_out");
    }
    CHECK(lanes == std::set<std::string>{"main main.lua", "co#1 producer", "co#2 producer", "co#3 consumer"});
    for (const char* name : {"running", "ready", "waiting: channel", "waiting: timer", "push", "pop", "sleep"}) {
        CHECK_MESSAGE(names.contains(name), name);
    }
    CHECK(output == 6);
    CHECK(causes == 4);  // three go(), and a push that wakes
}

TEST_CASE("live trace: when the program is killed after any event, what was written is a valid trace") {
    const std::size_t all = lesson12_trace().events.size();
    std::size_t before = 0;
    for (std::size_t events = 1; events <= all; ++events) {
        const std::vector<Json> read = imported(written_live(events));
        CHECK(read.size() >= before);
        before = read.size();
        check_events(read);
    }
}

TEST_CASE("live trace: a file that is cut at any byte loses its last line and nothing else") {
    const std::string file = written_live();
    const std::size_t all = imported(file).size();
    for (std::size_t length = 2; length < file.size(); length += 7) {
        const std::string_view cut = std::string_view(file).substr(0, length);
        const auto lines = static_cast<std::size_t>(std::count(cut.begin(), cut.end(), '\n'));
        CHECK(imported(cut).size() + 1 >= std::min(lines, all));
    }
}
