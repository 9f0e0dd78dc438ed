// What the browser's page is told of a session; the same session that the desktop shows.
#include "visualizer/page_json.h"

#include <doctest/doctest.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"

using namespace co::studio;
using nlohmann::json;

namespace {

Session lesson_12(std::uint32_t step = 0) {
    Opening opening{.file = lesson_file("12-channels.md")};
    opening.step = step;
    return Session(opening, {}, std::make_unique<FileWorkshop>());
}

Session script(TestFolder& folder, const std::string& text) {
    return Session({.file = folder.write("demo.lua", text)}, {}, std::make_unique<FileWorkshop>());
}

}  // namespace

TEST_CASE("page JSON: the facts of a run") {
    const Session session = lesson_12();
    const json run = json::parse(page_json::run(session));
    CHECK(run.at("steps") == session.model().steps());
    CHECK(run.at("ended") == "finished");
    CHECK(run.at("clock") == "virtual");
    CHECK(run.at("seed") == "0");
    CHECK(run.at("lanes").at(2) == json({{"coroutine", 2}, {"chip", "co#2"}, {"name", "producer"}}));
    CHECK(run.at("checkpoints").at(0).at("step") == 20);
    CHECK(run.at("problems").empty());
    CHECK(run.at("lines") == session.model().output().size());
}

TEST_CASE("page JSON: one moment, now or any other") {
    const Session session = lesson_12(20);
    const json now = json::parse(page_json::state(session, {}));
    CHECK(now == json::parse(page_json::state(session, 20)));
    CHECK(now.at("now").at(0) == "push(\"milk\")");
    CHECK(now.at("now").at(1) == "No consumer waits, so it takes seat 1.");
    CHECK(now.at("who") == "co#2");
    CHECK(now.at("time_text") == "0.120 s");
    CHECK(now.at("line") == 5);
    CHECK(now.at("focus") == 2);
    CHECK(now.at("coroutines").at(2).at("state") == "running");
    CHECK(now.at("coroutines").at(3).at("state") == "ready");

    const json before = json::parse(page_json::state(session, 0));
    CHECK(before.at("step") == 0);
    CHECK(before.at("running").is_null());
    CHECK(before.at("coroutines").empty());
}

TEST_CASE("page JSON: who else could run next is told where the event loop chooses") {
    const Session session = lesson_12();
    bool any = false;
    for (std::uint32_t step = 0; step < session.model().steps(); ++step) {
        const bool chooses = session.model().event(step + 1).kind == co::trace::EventKind::run;
        const json choices = json::parse(page_json::state(session, step)).at("choices");
        CHECK(choices.empty() == !chooses);
        if (chooses) CHECK(choices.at(0) == session.model().event(step + 1).coroutine);
        any |= choices.size() > 1;
    }
    CHECK(any);
}

TEST_CASE("page JSON: events come in pieces") {
    const Session session = lesson_12();
    const json all = json::parse(page_json::events(session, 1, UINT32_MAX));
    REQUIRE(all.size() == session.model().steps());
    const json some = json::parse(page_json::events(session, 20, 2));
    REQUIRE(some.size() == 2);
    CHECK(some.at(0) == all.at(19));
    CHECK(some.at(1) == all.at(20));
    CHECK(json::parse(page_json::events(session, 10'000, 5)).empty());
}

TEST_CASE("page JSON: inspector, card, view and a condition's step") {
    const Session session = lesson_12(20);
    const json channel = json::parse(page_json::inspector(session)).at("channels").at(0);
    CHECK(channel.at("name") == "results");
    CHECK(channel.at("seats").at(0) == json({{"value", "\"milk\""}, {"producer", 2}}));
    CHECK(json::parse(page_json::card(session, 2)).at("state") == "running");
    CHECK(json::parse(page_json::view(session)).at("cursor") == 20);
    CHECK(page_json::find(session, "chan results.len == 1", 0) == "20");
    CHECK(page_json::find(session, "print never", 0) == "null");
}

TEST_CASE("page JSON: a script's mistake is a problem with its line, and bytes that are no text do no harm") {
    TestFolder folder;
    const json broken = json::parse(page_json::run(script(folder, "print('one')\nprint(")));
    CHECK(broken.at("ended") == "syntax_error");
    CHECK(broken.at("problems").at(0).at("line") == 2);
    const json output = json::parse(page_json::output(script(folder, "print('\\xFF')"), 0, 1));
    CHECK(output.at(0).at("text") == "\uFFFD");
}

TEST_CASE("page JSON: what can be made to go wrong, with the choice that does it") {
    TestFolder folder;
    const Session session = script(folder,
                                   "local server = tcp.Server('127.0.0.1', 9501)\nserver:set{worker_num = 1}\n"
                                   "server:on('worker_start', function() print('begins') end)\n"
                                   "server:on('receive', function() end)\nserver:start()\n");
    const std::uint32_t step = session.model().output().front().step;
    const json all = json::parse(page_json::state(session, step)).at("interferences");
    const auto kill = std::ranges::find(all, json("Kill worker 0"), [](const json& one) { return one.at("label"); });
    REQUIRE(kill != all.end());
    CHECK(kill->at("choice").get<std::string>().starts_with(std::to_string(step + 1) + ":kill"));
}
