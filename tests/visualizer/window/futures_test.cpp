#include "visualizer/futures.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"
#include "visualizer/model/choice.h"
#include "visualizer/model/interference.h"
#include "visualizer/session.h"

using namespace co::studio;
using namespace std::chrono_literals;
using co::lessons::NewSeed;
using co::lessons::RunsNext;
using co::lessons::to_text;

namespace {

constexpr const char* three_ready = "for i = 1, 3 do go(function() co.sleep(0.1) print(i) end) end\nco.sleep(0.2)\n";

struct FutureSitting {
    explicit FutureSitting(const char* script) : file(folder.write("three.lua", script)) {}
    TestFolder folder;
    std::filesystem::path file;
    Session session{{.file = file}, {}, std::make_unique<FileWorkshop>()};

    std::string output() const {
        std::string text;
        for (const OutputLine& line : session.model().output()) text += line.text;
        return text;
    }
    std::uint32_t first_choice() const { return next_choice(session.model(), 0).value(); }
    const View& view() const { return session.view(); }
};

}  // namespace

TEST_CASE("futures: a choice drops what was chosen for later steps, and undo brings it back") {
    Futures futures(3);
    CHECK(futures.before() == nullptr);
    futures.decide({14, RunsNext{1}});
    futures.decide({20, NewSeed{7}});
    CHECK(to_text(futures.now().schedule) == "14:1,20:seed7");
    CHECK(futures.seed_at(19) == 3);
    CHECK(futures.seed_at(20) == 7);
    futures.decide({14, RunsNext{2}});
    CHECK(to_text(futures.now().schedule) == "14:2");
    CHECK(to_text(futures.before()->schedule) == "14:1,20:seed7");
    CHECK(futures.undo());
    CHECK(to_text(futures.now().schedule) == "14:1,20:seed7");
    CHECK(futures.undo());
    CHECK(futures.undo());
    CHECK_FALSE(futures.undo());
    CHECK(futures.now() == Plan{3, {}});
}

TEST_CASE("futures: of what goes wrong several may be chosen at one step, each once") {
    Futures futures(0);
    futures.decide({14, co::lessons::Kill{5}});
    futures.decide({14, co::lessons::Kill{6}});
    futures.decide({14, co::lessons::Cut{1, 2}});
    CHECK(to_text(futures.now().schedule) == "14:kill5,14:kill6,14:cut1_2");
    futures.decide({14, co::lessons::Kill{5}});
    CHECK(to_text(futures.now().schedule) == "14:kill6,14:cut1_2,14:kill5");
}

TEST_CASE("session: a process is killed at the cursor, the run goes on from there, and U takes it back") {
    FutureSitting sitting(
        "local server = tcp.Server('127.0.0.1', 9501)\nserver:set{worker_num = 1}\n"
        "server:on('worker_start', function() print('begins') end)\n"
        "server:on('receive', function() end)\nserver:start()\n");
    Session& session = sitting.session;
    REQUIRE(sitting.output() == "begins");
    session.seek(session.model().output().front().step);
    const auto all = interferences(session.model(), session.state());
    const auto kill = std::ranges::find(all, "Kill worker 0", &Interference::label);
    REQUIRE(kill != all.end());
    const std::uint32_t cursor = session.view().cursor;
    session.interfere(static_cast<std::size_t>(kill - all.begin()));
    CHECK(sitting.output() == "beginsbegins");
    CHECK(session.view().cursor == cursor);
    CHECK(session.difference() > cursor);
    CHECK(session.notice().starts_with("Kill worker 0: the run is another one from step "));
    session.perform(Command::undo_choice);
    CHECK(sitting.output() == "begins");
}

TEST_CASE("session: G shows what can go wrong here, in the palette") {
    FutureSitting sitting(
        "local server = tcp.Server('127.0.0.1', 9501)\nserver:on('receive', function() end)\nserver:start()\n");
    Session& session = sitting.session;
    session.perform(Command::what_if);
    CHECK(session.overlay() == Overlay::none);
    CHECK(session.notice().starts_with("Nothing can go wrong here"));
    session.seek(session.model().steps() / 2);
    session.perform(Command::what_if);
    REQUIRE(session.overlay() == Overlay::palette);
    const std::vector<PaletteEntry> entries = session.palette();
    const auto kills = std::ranges::count_if(entries, [](const PaletteEntry& one) {
        return one.interference && one.name.starts_with("Kill worker") && one.name.ends_with(", from here on");
    });
    CHECK(kills > 0);
    CHECK(std::ranges::none_of(entries, [](const PaletteEntry& one) { return one.name.starts_with("Lesson"); }));
}

TEST_CASE("session: in a worker, too, somebody is chosen to run next, by the number that it has there") {
    FutureSitting sitting(
        "local server = tcp.Server('127.0.0.1', 9501)\nserver:set{worker_num = 1}\n"
        "server:on('worker_start', function()\n"
        "  for i = 1, 3 do go(function() co.sleep(0.01) print(i) end) end\nend)\n"
        "server:on('receive', function() end)\nserver:start()\n");
    Session& session = sitting.session;
    REQUIRE(sitting.output() == "123");
    std::uint32_t step = session.model().output().front().step;
    while (session.model().event(step).kind != co::trace::EventKind::run) --step;
    session.seek(step - 1);
    REQUIRE(candidates(session.model(), session.state()).size() >= 3);
    session.run_next(2);
    CHECK(sitting.output() == "312");
    const auto& schedule = session.futures().now().schedule;
    REQUIRE(schedule.size() == 1);
    CHECK(std::get<co::lessons::RunsNext>(schedule[0].what).coroutine < 100);
    CHECK(session.model().problems().empty());
}

TEST_CASE("session: the chosen one runs next, and the run goes on from there") {
    FutureSitting sitting(three_ready);
    Session& session = sitting.session;
    const std::uint32_t step = sitting.first_choice();
    session.seek(step);
    session.run_next(2);
    CHECK(sitting.view().cursor == step + 1);
    CHECK(session.model().event(step + 1).coroutine == 3);
    CHECK(sitting.output() == "312");
    REQUIRE(session.other());
    CHECK(session.other()->output().front().text == "1");
    CHECK(session.difference() == step + 1);

    session.perform(Command::undo_choice);
    CHECK(sitting.output() == "123");
    CHECK(session.other() == nullptr);
    CHECK(sitting.view().cursor == step);
}

TEST_CASE("session: who would run anyway needs no other history") {
    FutureSitting sitting(three_ready);
    sitting.session.seek(sitting.first_choice());
    sitting.session.run_next(0);
    CHECK(sitting.session.other() == nullptr);
    CHECK(sitting.session.model().event(sitting.view().cursor).coroutine == 1);
}

TEST_CASE("session: where nobody can be chosen it says where the next choice comes") {
    FutureSitting sitting(three_ready);
    sitting.session.run_next(0);
    const std::string next = std::to_string(sitting.first_choice());
    CHECK(sitting.session.notice() == "Nobody can be chosen here. The next choice comes after step " + next + ".");
    sitting.session.seek(sitting.first_choice());
    sitting.session.run_next(7);
    CHECK(sitting.session.notice() == "Only 3 are ready: press 1 to 3.");
    sitting.session.perform(Command::last);
    sitting.session.run_next(0);
    CHECK(sitting.session.notice().starts_with("Nobody can be chosen from here on"));
}

TEST_CASE("session: choosing at every turn, playing stops at each choice") {
    FutureSitting sitting(three_ready);
    Session& session = sitting.session;
    session.perform(Command::choose);
    CHECK(sitting.view().choosing);
    CHECK(sitting.view().cursor == sitting.first_choice());
    session.run_next(2);
    session.advance(1h);
    const auto second = next_choice(session.model(), sitting.first_choice() + 1);
    REQUIRE(second);
    CHECK(sitting.view().cursor == *second);
    CHECK_FALSE(sitting.view().playing);
    session.run_next(1);
    session.advance(2h);
    CHECK(sitting.output() == "321");
}

TEST_CASE("session: a seed from the middle of the run on, and taken back") {
    FutureSitting sitting("for i = 1, 4 do print(math.random(1000)) co.sleep(1) end");
    Session& session = sitting.session;
    const std::string plain = sitting.output();
    session.seek(3);
    session.perform(Command::seed);
    CHECK(to_text(session.futures().now().schedule) == "4:seed1");
    CHECK(sitting.output() != plain);
    CHECK(session.difference() > 3);
    session.perform(Command::undo_choice);
    CHECK(sitting.output() == plain);
    session.perform(Command::first);
    session.perform(Command::seed);
    CHECK(session.seed() == 1);
    CHECK(session.futures().now().schedule.empty());
}
