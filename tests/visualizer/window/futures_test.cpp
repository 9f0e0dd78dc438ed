#include "visualizer/futures.h"

#include <doctest/doctest.h>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"
#include "visualizer/model/choice.h"
#include "visualizer/session.h"

using namespace co::studio;
using namespace std::chrono_literals;
using co::lessons::NewSeed;
using co::lessons::RunsNext;
using co::lessons::to_text;

namespace {

constexpr const char* three_ready = "for i = 1, 3 do go(function() co.sleep(0.1) print(i) end) end\nco.sleep(0.2)\n";

struct Sitting {
    explicit Sitting(const char* script) : file(folder.write("three.lua", script)) {}
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

TEST_CASE("session: the chosen one runs next, and the run goes on from there") {
    Sitting sitting(three_ready);
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
    Sitting sitting(three_ready);
    sitting.session.seek(sitting.first_choice());
    sitting.session.run_next(0);
    CHECK(sitting.session.other() == nullptr);
    CHECK(sitting.session.model().event(sitting.view().cursor).coroutine == 1);
}

TEST_CASE("session: where nobody can be chosen it says where the next choice comes") {
    Sitting sitting(three_ready);
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
    Sitting sitting(three_ready);
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
    Sitting sitting("for i = 1, 4 do print(math.random(1000)) co.sleep(1) end");
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
