#include "visualizer/session.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

constexpr const char* two_prints = "print('one')\nprint('two')\n";
constexpr const char* broken = "print('one')\nprint(\n";

Session on_files(const Opening& opening) {
    return Session(opening, {}, std::make_unique<FileWorkshop>(opening.lessons));
}

Session open_lesson_12(std::optional<std::uint32_t> step = {}) {
    Opening opening{.file = lesson_file("12-channels.md"), .lessons = course_folder()};
    opening.step = step;
    return on_files(opening);
}

Session open_script(const std::filesystem::path& file) { return on_files({.file = file}); }

const View& view(const Session& session) { return session.view(); }

}  // namespace

TEST_CASE("session: opens where it is told, by step or by simulated time") {
    CHECK(view(open_lesson_12()).cursor == 0);
    CHECK(view(open_lesson_12(20)).cursor == 20);
    CHECK(open_lesson_12(20).state().running == 2);
    CHECK(view(open_lesson_12(10'000)).cursor == open_lesson_12().model().steps());

    Opening opening{.file = lesson_file("12-channels.md")};
    opening.at = 120ms;
    const Session at_time = on_files(opening);
    CHECK(at_time.state().time == 120'000'000);
}

TEST_CASE("session: steps, switches, the steps of one coroutine, both ends") {
    Session session = open_lesson_12(20);
    session.perform(Command::step);
    CHECK(view(session).cursor == 21);
    session.perform(Command::back);
    session.perform(Command::back);
    CHECK(view(session).cursor == 19);
    session.perform(Command::next_switch);
    CHECK(view(session).cursor == session.model().next_switch(19));
    session.perform(Command::first);
    CHECK(view(session).cursor == 0);
    session.perform(Command::back);
    CHECK(view(session).cursor == 0);
    session.perform(Command::last);
    session.perform(Command::step);
    CHECK(view(session).cursor == session.model().steps());

    session.seek(20);
    session.select(1);
    session.perform(Command::next_of_selected);
    CHECK(view(session).cursor == session.model().next_of(1, 20));
}

TEST_CASE("session: plays a step in 400 ms, faster when told, stops at a checkpoint and at the end") {
    Session session = open_lesson_12();
    session.advance(1000ms);
    session.perform(Command::play);
    session.advance(1399ms);
    CHECK(view(session).cursor == 0);
    session.advance(1400ms);
    CHECK(view(session).cursor == 1);
    session.perform(Command::faster);
    session.advance(1800ms);
    session.advance(2000ms);
    CHECK(view(session).cursor == 3);

    REQUIRE_FALSE(session.lesson().checkpoints.empty());
    const auto stop = session.lesson().checkpoints.front().step;
    REQUIRE(stop);
    session.advance(1h);
    CHECK(view(session).cursor == *stop);
    CHECK_FALSE(view(session).playing);

    for (int i = 0; i < 10 && view(session).cursor < session.model().steps(); ++i) {
        session.perform(Command::play);
        session.advance((2 + i) * 1h);
    }
    CHECK(view(session).cursor == session.model().steps());
    CHECK_FALSE(view(session).playing);
    session.perform(Command::play);  // from the end it starts again
    CHECK(view(session).cursor == 0);
    CHECK(view(session).playing);
}

TEST_CASE(
    "session: the playhead glides for 120 ms when it plays or takes a step, never when a key is held or it scrubs") {
    Session session = open_lesson_12(5);
    session.perform(Command::play);
    session.advance(400ms);
    CHECK(view(session).glide == 1.0F);
    CHECK(session.next_wake() == 400ms);  // the next frame
    session.advance(460ms);
    CHECK(view(session).glide == doctest::Approx(0.5));
    session.advance(520ms);
    CHECK(view(session).glide == 0.0F);
    session.advance(800ms);
    session.seek(12);
    session.advance(820ms);
    CHECK(view(session).glide == 0.0F);
    session.perform(Command::step);
    session.advance(1000ms);
    CHECK(view(session).glide == 1.0F);
    CHECK(view(session).flight == 1.0F);
    session.perform(Command::step);
    session.advance(1030ms);
    CHECK(view(session).glide == 0.0F);
    CHECK(view(session).flight == 0.0F);
    session.perform(Command::back);
    session.advance(1400ms);
    CHECK(view(session).glide == 0.0F);

    Session calm = open_lesson_12(5);
    calm.reduce_motion();
    calm.perform(Command::play);
    calm.advance(400ms);
    CHECK(view(calm).glide == 0.0F);
}

TEST_CASE("session: a panel folds within 160 ms, at once where motion is reduced") {
    Session session = open_lesson_12(5);
    session.advance(100ms);
    session.perform(Command::fold_lesson);
    session.advance(100ms);
    CHECK(view(session).folds.lesson == 0.0F);
    CHECK(session.next_wake() == 100ms);  // the next frame
    session.advance(180ms);
    CHECK(view(session).folds.lesson == doctest::Approx(0.5));
    session.advance(260ms);
    CHECK(view(session).folds.lesson == 1.0F);
    session.advance(276ms);
    CHECK(session.next_wake() > 276ms);
    CHECK(session.preferences({1280, 800}).division.folded.lesson);
    session.reduce_motion();
    session.perform(Command::reset_layout);
    session.advance(300ms);
    CHECK(view(session).folds == Folds{});
}

TEST_CASE("session: a moment is shared as the command that opens it again") {
    Session session = open_lesson_12(20);
    session.perform(Command::share);
    CHECK(session.take_copied() == "./costudio 12 --step 20");
    session.seek(0);
    session.perform(Command::seed);
    session.perform(Command::share);
    const auto other = session.take_copied();
    REQUIRE(other);
    CHECK(other->find("seed") != std::string::npos);
    CHECK(other->ends_with(" --step 0"));
}

TEST_CASE("session: a paused session wakes only to look at its file") {
    Session session = open_lesson_12(5);
    session.advance(1000ms);
    session.take_touched();
    CHECK(session.next_wake() == 1100ms);
    session.advance(1100ms);
    CHECK_FALSE(session.take_touched());
}

TEST_CASE("session: selecting follows the lanes, escape follows the running coroutine again") {
    Session session = open_lesson_12(20);
    session.perform(Command::lane_down);
    CHECK(view(session).selected == 3);
    session.perform(Command::lane_down);
    CHECK(view(session).selected == 3);
    session.perform(Command::lane_up);
    CHECK(view(session).selected == 2);
    session.select(2);  // once more: no longer
    CHECK(view(session).selected == co::trace::nobody);
    session.select(1);
    session.show(Overlay::help);
    session.escape();
    CHECK(session.overlay() == Overlay::none);
    CHECK(view(session).selected == 1);
    session.escape();
    CHECK(view(session).selected == co::trace::nobody);
}

TEST_CASE("session: goes from lesson to lesson, and the list stops at its ends") {
    Session session = open_lesson_12(20);
    const std::string first = session.lesson().title;
    session.perform(Command::next_lesson);
    CHECK(session.lesson().title != first);
    CHECK(view(session).cursor == 0);
    session.perform(Command::previous_lesson);
    CHECK(session.lesson().title == first);
    for (int i = 0; i < 10; ++i) session.perform(Command::previous_lesson);
    CHECK(session.lesson().number == session.course().front().order);
    session.perform(Command::choose_lesson);
    CHECK(session.overlay() == Overlay::lessons);
    session.move_lesson_row(+100);
    session.open_lesson(session.lesson_row());
    CHECK(session.lesson().number == session.course().back().order);
    CHECK(session.overlay() == Overlay::none);
}

TEST_CASE("session: a mistake in the program becomes a problem with its place, and the mended file is run at once") {
    TestFolder folder;
    const auto file = folder.write("demo.lua", two_prints);
    Session session = open_script(file);
    REQUIRE(session.model().output().size() == 2);
    session.seek(3);
    const std::uint32_t cursor = view(session).cursor;

    folder.write("demo.lua", broken);
    session.advance(100ms);
    REQUIRE(session.model().problems().size() == 1);
    const Problem problem = session.model().problems().front();
    CHECK(problem.kind == ProblemKind::syntax_error);
    CHECK(problem.file == file.string());
    CHECK(problem.line >= 2);
    CHECK(problem.remedy != "");
    CHECK(view(session).bottom_tab == BottomTab::problems);
    CHECK(session.code().program == broken);
    session.perform(Command::play);  // stays usable
    session.perform(Command::last);
    session.perform(Command::back);
    session.go_to_problem(0);
    session.seek(cursor);

    folder.write("demo.lua", "print('one')\nprint('two')\nprint('three')\n");
    session.advance(200ms);
    CHECK(session.model().problems().empty());
    CHECK(session.model().output().size() == 3);
    CHECK(view(session).bottom_tab == BottomTab::output);
    CHECK(view(session).cursor == cursor);
}

TEST_CASE("session: an uncaught error, a deadlock and an endless loop are shown with file and line") {
    TestFolder folder;
    struct Example {
        const char* program;
        ProblemKind kind;
        std::uint32_t line;
    };
    for (const Example& example : {Example{"local t = nil\nprint(t.x)\n", ProblemKind::uncaught_error, 2},
                                   Example{"local c = chan(1)\nc:pop()\n", ProblemKind::deadlock, 2},
                                   Example{"local n = 0\nwhile true do n = n + 1 end\n", ProblemKind::budget, 2}}) {
        CAPTURE(example.program);
        const auto file = folder.write("demo.lua", example.program);
        const Session session = open_script(file);
        REQUIRE_FALSE(session.model().problems().empty());
        const Problem& problem = session.model().problems().front();
        CHECK(problem.kind == example.kind);
        CHECK(problem.file == file.string());
        CHECK(problem.line == example.line);
        CHECK(problem.remedy != "");
    }
}

TEST_CASE("session: a lesson file that is broken while it is open keeps the last good program") {
    TestFolder folder;
    std::ifstream in(lesson_file("12-channels.md"));
    const std::string good(std::istreambuf_iterator<char>(in), {});
    const auto file = folder.write("lesson.md", good);
    Session session = open_script(file);
    const std::string program = session.code().program;
    REQUIRE(session.model().problems().empty());
    folder.write("lesson.md", "---\ntitle: [\n---\n");
    session.advance(100ms);
    REQUIRE(session.model().problems().size() == 1);
    CHECK(session.model().problems().front().file == file.string());
    CHECK(session.model().problems().front().line > 0);
    CHECK(session.code().program == program);
    folder.write("lesson.md", good);
    session.advance(200ms);
    CHECK(session.model().problems().empty());
}

TEST_CASE("session: a file that is not there is said at once, by name") {
    CHECK_THROWS_WITH_AS(open_script("/nowhere/demo.lua"), doctest::Contains("/nowhere/demo.lua"), std::runtime_error);
}

TEST_CASE("session: another seed runs the lesson again, and the theme and the clock are the person's") {
    Session session = open_lesson_12();
    session.perform(Command::seed);
    CHECK(session.seed() == 1);
    CHECK(session.model().trace().seed == 1);
    session.perform(Command::theme);
    CHECK(session.theme() == Theme::light);
    CHECK(session.preferences({1300, 900}) == Preferences{Theme::light, {1300, 900}, 1});
    session.perform(Command::clock_virtual);
    CHECK(view(session).clock == Clock::virtual_time);
}

TEST_CASE("session: one line of news goes away by itself") {
    Session session = open_lesson_12();
    session.tell("The trace is in /tmp.");
    session.advance(7s);
    CHECK(session.notice() != "");
    session.advance(9s);
    CHECK(session.notice() == "");
}

TEST_CASE("session: the exported trace is where it says, and its path is on the clipboard") {
    const TestFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path(""));
    Session session = open_lesson_12();
    session.perform(Command::export_trace);
    std::filesystem::current_path(before);
    const auto copied = session.take_copied();
    REQUIRE(copied);
    CHECK(session.notice().find(*copied) != std::string::npos);
    CHECK(std::filesystem::file_size(*copied) > 1000);
    CHECK(std::filesystem::path(*copied).parent_path() == std::filesystem::canonical(folder.path("")));
    CHECK_FALSE(session.take_copied());
}
