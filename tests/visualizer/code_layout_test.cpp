#include "visualizer/layout/code_layout.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size mock_code{479, 464};

CodeText lesson12_code() {
    return {.file = "12.md", .first_line = 20, .name = "main.lua", .program = "", .twin = "int main() {\n}\n"};
}

}  // namespace

TEST_CASE("code: a chip stands at each coroutine's line, the row of this moment is marked") {
    Fixture fixture;
    const Scene scene = lay_out_code(fixture.at(20, mock_code), lesson12_code());
    CHECK(has_text(scene, "line 5"));
    CHECK(hit_rect(scene, Target::coroutine, 2) == Rect{12, 105, 54, 16});  // line 5
    CHECK(hit_rect(scene, Target::coroutine, 1).y == 105 + 2 * 18);         // line 7
    CHECK(hit_rect(scene, Target::coroutine, 3).y == 105 + 9 * 18);         // line 14
    CHECK(hit_rect(scene, Target::coroutine, 0).y == 105 + 18 * 18);        // line 23
    CHECK(scene.scroll == 0);                                               // all 24 lines show
}

TEST_CASE("code: the chip and the mark of now come from the line before") {
    Fixture fixture;
    const auto y_of = [&](std::uint32_t step) {
        return hit_rect(lay_out_code(fixture.at(step, mock_code), lesson12_code()), Target::coroutine, 2).y;
    };
    std::uint32_t moved = 20;
    while (moved > 2 && y_of(moved) == y_of(moved - 1)) --moved;
    const float from = y_of(moved - 1), to = y_of(moved);
    REQUIRE(from != to);
    fixture.view.glide = fixture.view.flight = 1;
    CHECK(y_of(moved) == doctest::Approx(from));
    fixture.view.flight = 0.5F;
    CHECK(y_of(moved) == doctest::Approx(to + (from - to) / 8));
    const Scene scene = lay_out_code(fixture.at(moved, mock_code), lesson12_code());
    check_scene(scene, mock_code);
}

TEST_CASE("code: coroutines on one line share it, and coroutines that ended have no chip") {
    Fixture fixture;
    const Scene together = lay_out_code(fixture.at(12, mock_code), lesson12_code());  // co#1 and co#2 sleep in line 4
    CHECK(has_text(together, "+1"));
    CHECK(hit_rect(together, Target::coroutine, 1).w > 0);
    CHECK(hit_rect(together, Target::coroutine, 2).w > 0);
    const Scene ended = lay_out_code(fixture.at(fixture.model.steps(), mock_code), lesson12_code());
    for (std::uint32_t id = 0; id < 4; ++id) CHECK(hit_rect(ended, Target::coroutine, id).w == 0);
}

TEST_CASE("code: a thousand on one line are counted on the chip, and it names the one that is selected") {
    Fixture fixture(many_coroutines(1100));
    const std::uint32_t all_asleep = 2 + 1100 * 2;  // and main has ended
    const Scene scene = lay_out_code(fixture.at(all_asleep, mock_code), lesson12_code());
    check_scene(scene, mock_code);
    CHECK(has_text(scene, "×1100"));
    fixture.view.selected = 1008;
    const Scene selected = lay_out_code(fixture.at(all_asleep, mock_code), lesson12_code());
    check_scene(selected, mock_code);
    CHECK(has_text(selected, "#1008"));
    CHECK(hit_rect(selected, Target::coroutine, 1009).w > 0);  // a click goes on to the next
}

TEST_CASE("code: nothing overlaps or sticks out, and the current line stays in view") {
    Fixture fixture;
    for (const Size size : {mock_code, Size{415, 272}}) {
        for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
            const PanelInput input = fixture.at(step, size);
            const Scene scene = lay_out_code(input, lesson12_code());
            INFO("step " << step);
            check_scene(scene, size);
            const std::uint32_t line = current_line(input);
            if (!line) continue;
            const Rect row = hit_rect(scene, Target::source_line, line);
            CHECK(row.y >= 28);
            CHECK(row.bottom() <= size.h);
        }
    }
}

TEST_CASE("code: a problem marks its line and says what is wrong, also when nothing could run") {
    co::trace::Trace trace = lesson12_trace();
    trace.events.clear();
    Fixture fixture(trace);
    fixture.model.add_problem({ProblemKind::syntax_error, 0, "12.md", 24, "'=' expected", "Write an assignment."});
    const Scene scene = lay_out_code(fixture.at(0, mock_code), lesson12_code());
    CHECK(has_text(scene, "'=' expected"));  // line 24 of the file is line 5 of the program
    check_scene(scene, mock_code);
}

TEST_CASE("code: the C++ twin has a tab where there is one, and no chips") {
    Fixture fixture;
    fixture.view.code_tab = CodeTab::twin;
    const Scene scene = lay_out_code(fixture.at(20, mock_code), lesson12_code());
    CHECK(has_text(scene, "C++ twin"));
    CHECK(has_text(scene, "main"));
    CHECK(hit_rect(scene, Target::coroutine, 2).w == 0);
    CodeText alone = lesson12_code();
    alone.twin.clear();
    CHECK_FALSE(has_text(lay_out_code(fixture.at(20, mock_code), alone), "C++ twin"));
}
