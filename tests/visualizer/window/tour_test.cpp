// One sitting by the mouse, in a window without a display: a lesson is opened, run, stepped, scrubbed, its question
// answered wrong and right, its program edited and broken, another future taken, and the run exported. What is on the
// screen is read from the frame, by structure; that it was painted, from the pixels.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "tests/visualizer/window/folder.h"
#include "visualizer/app.h"
#include "visualizer/file_workshop.h"
#include "visualizer/studio.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

constexpr const char* toured_lesson =
    "---\nid: race\ntitle: A race\nchapter: Tests\norder: 90\n---\nWho is first?\n\n"
    "```lua run\nlocal c = chan(1)\nfor i = 1, 2 do\n  go(function() co.sleep(0) print(i) end)\nend\n```\n\n"
    "```predict\nWhich line comes first?\n- [ ] 2\n  why: It was started later.\n- [x] 1\n  why: It came "
    "first.\n```\n\n"
    "```break invariant=\"print 1 before print 2\"\nTurn them round\nschedule: 8:2\n```\n";

class Tour {
  public:
    explicit Tour(const std::filesystem::path& first) : studio_({.file = first}, {}, parts(first)) { frame({}); }

    void frame(const std::vector<Input>& input, Time later = 16ms) { studio_.frame(now_ += later, input); }
    void type(std::u32string_view text) {
        for (const char32_t letter : text) frame({Typed{letter}});
    }
    Rect place_of(Panel which, Target target, std::uint32_t id) {
        const PlacedScene* placed = studio_.shown().find(which);
        if (placed == nullptr) return {};
        const auto& hits = placed->scene.hits;
        const auto hit =
            std::find_if(hits.rbegin(), hits.rend(), [&](const Hit& h) { return h.target == target && h.id == id; });
        if (hit == hits.rend()) return {};
        return {placed->rect.x + hit->rect.x, placed->rect.y + hit->rect.y, hit->rect.w, hit->rect.h};
    }
    void click(Panel which, Target target, std::uint32_t id) {
        const Rect rect = place_of(which, target, id);
        REQUIRE(rect.w > 0);
        const Point at{rect.x + rect.w / 2, rect.y + std::min(rect.h, 18.0F) / 2};
        frame({PointerMoved{at}, PointerPressed{at}, PointerReleased{at}});
    }
    void click(Panel which, Command command) { click(which, Target::command, number(command)); }
    bool shows(Panel which, const std::string& words) {
        const PlacedScene* placed = studio_.shown().find(which);
        return placed != nullptr &&
               std::any_of(placed->scene.items.begin(), placed->scene.items.end(), [&](const Item& item) {
                   const auto* text = std::get_if<Text>(&item);
                   return text != nullptr && text->text.find(words) != std::string::npos;
               });
    }
    std::string output() const {
        std::string text;
        for (const OutputLine& line : session().model().output()) text += line.text;
        return text;
    }
    const Session& session() const { return std::as_const(studio_).session(); }
    const View& view() const { return session().view(); }
    Studio& studio() { return studio_; }

  private:
    static StudioParts parts(const std::filesystem::path& first) {
        StudioParts parts = parts_of_this_machine({.file = first}, {.size = {1280, 1000}, .offscreen = true});
        parts.workshop = std::make_unique<FileWorkshop>();
        return parts;
    }

    Time now_{0};
    Studio studio_;
};

/// Files are exported into the working folder.
struct WorkingFolder {
    explicit WorkingFolder(const std::filesystem::path& folder) { std::filesystem::current_path(folder); }
    ~WorkingFolder() { std::filesystem::current_path(before); }
    std::filesystem::path before = std::filesystem::current_path();
};

std::string begin_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string begin(4, ' ');
    in.read(begin.data(), 4);
    return begin;
}

}  // namespace

TEST_CASE("tour: open, run, step, scrub, predict wrong and right, by the mouse") {
    TestFolder folder;
    Tour tour(folder.write("other.lua", "print('other')\n"));
    CHECK_FALSE(tour.shows(Panel::toolbar, "A race"));
    tour.frame({Dropped{folder.write("race.md", toured_lesson).string()}});
    CHECK(tour.shows(Panel::toolbar, "A race"));
    CHECK(tour.shows(Panel::code, "print"));

    tour.click(Panel::lesson, Target::choice, 0);
    CHECK(tour.shows(Panel::lesson, "wrong"));
    CHECK(tour.shows(Panel::lesson, "started later"));
    tour.click(Panel::lesson, Target::choice, 1);
    CHECK(tour.shows(Panel::lesson, "right"));
    CHECK_FALSE(tour.shows(Panel::lesson, "wrong"));

    tour.click(Panel::toolbar, Command::run);
    CHECK(tour.view().playing);
    for (int i = 0; i < 10; ++i) tour.frame({}, 100ms);
    CHECK(tour.view().cursor >= 2);
    tour.click(Panel::toolbar, Command::play);
    CHECK_FALSE(tour.view().playing);
    const std::uint32_t before = tour.view().cursor;
    tour.click(Panel::toolbar, Command::step);
    CHECK(tour.view().cursor == before + 1);
    tour.click(Panel::toolbar, Command::back);
    CHECK(tour.view().cursor == before);

    const Rect ruler = tour.studio().shown().find(Panel::timeline)->rect;
    tour.frame({PointerPressed{{ruler.right() - 20, ruler.y + 10}}, PointerReleased{}});
    CHECK(tour.view().cursor == tour.session().model().steps());
    CHECK(tour.shows(Panel::bottom, "latest"));
    const Screenshot end = tour.studio().picture();
    tour.frame({PointerPressed{{ruler.x + 170, ruler.y + 10}}, PointerReleased{}});
    CHECK(tour.view().cursor <= 1);
    CHECK(tour.studio().picture().pixels != end.pixels);
}

TEST_CASE("tour: edit, break, fork and export, by the mouse") {
    TestFolder folder;
    const WorkingFolder working(folder.path(""));
    Tour tour(folder.write("race.md", toured_lesson));
    CHECK(tour.output() == "12");

    tour.click(Panel::code, Command::edit);
    CHECK(tour.session().is_editing());
    tour.frame({KeyPressed{KeyCode::end, {.control = true}}});
    tour.type(U"print(3)");
    tour.click(Panel::code, Command::run);
    CHECK(tour.output() == "312");
    tour.click(Panel::code, Command::reset_program);
    CHECK(tour.output() == "12");

    // Whom to run is chosen at its place in the ready queue; that breaks what the challenge says can't be broken.
    tour.click(Panel::lesson, Command::choose);
    REQUIRE(tour.session().lesson().challenge);
    CHECK(tour.session().lesson().challenge->holds);
    tour.click(Panel::timeline, Target::run_next, 1);
    CHECK(tour.output() == "21");
    CHECK_FALSE(tour.session().lesson().challenge->holds);
    REQUIRE(tour.session().other() != nullptr);
    CHECK(tour.session().difference() == 8);
    CHECK(tour.shows(Panel::bottom, "Before the choice"));  // both histories, side by side
    tour.click(Panel::toolbar, Command::share);
    CHECK(tour.session().notice().find("--schedule 8:2") != std::string::npos);

    for (std::uint32_t row = 0; row < 4; ++row) {  // all that the button offers
        tour.click(Panel::toolbar, Command::exports);
        CHECK(tour.shows(Panel::overlay, "Export the trace for Perfetto"));
        tour.click(Panel::overlay, Target::choice, row);
        CHECK_FALSE(tour.shows(Panel::overlay, "Export"));
    }
    CHECK(begin_of(folder.path("race.trace.json"))[0] == '{');
    CHECK(begin_of(folder.path("race.png")) == "\x89PNG");
    CHECK(begin_of(folder.path("race.events.txt")).size() == 4);
    tour.frame({Dropped{folder.path("race.costudio").string()}});
    CHECK(tour.output() == "21");
}
