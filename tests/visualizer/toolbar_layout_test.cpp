#include "visualizer/layout/toolbar_layout.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

const LessonText toolbar_lesson{.number = 12,
                                .count = 37,
                                .has_previous = true,
                                .has_next = true,
                                .chapter = "Quick start",
                                .title = "go + chan + defer"};

Rect control(const Scene& scene, Command command) { return hit_rect(scene, Target::command, number(command)); }

}  // namespace

TEST_CASE("toolbar: every control is there at 1280 and at 1024, and none overlaps another") {
    Fixture fixture;
    for (const float width : {1024.0F, 1100.0F, 1280.0F, 1920.0F}) {
        const Size size{width, 40};
        const Scene scene = lay_out_toolbar(fixture.at(20, size), toolbar_lesson);
        check_scene(scene, size);
        for (const Command command :
             {Command::previous_lesson, Command::choose_lesson, Command::next_lesson, Command::run, Command::first,
              Command::back, Command::play, Command::step, Command::last, Command::speed, Command::clock_steps,
              Command::clock_virtual, Command::seed, Command::exports, Command::help, Command::theme}) {
            INFO("command " << number(command) << " at width " << width);
            CHECK(control(scene, command).w >= 26);
            CHECK(control(scene, command).right() <= width);
        }
        for (std::size_t i = 0; i < scene.hits.size(); ++i) {
            for (std::size_t j = i + 1; j < scene.hits.size(); ++j) {
                CHECK_FALSE(scene.hits[i].rect.overlaps(scene.hits[j].rect));
            }
        }
    }
}

TEST_CASE("toolbar: says which step it is, and a button that can't do anything is no target") {
    Fixture fixture;
    const Size size{1280, 40};
    CHECK(has_text(lay_out_toolbar(fixture.at(20, size), toolbar_lesson), "20"));
    CHECK(has_text(lay_out_toolbar(fixture.at(20, size), toolbar_lesson), "costudio"));
    CHECK(control(lay_out_toolbar(fixture.at(0, size), toolbar_lesson), Command::back).w == 0);
    CHECK(control(lay_out_toolbar(fixture.at(fixture.model.steps(), size), toolbar_lesson), Command::step).w == 0);
    LessonText last = toolbar_lesson;
    last.number = 37;
    last.has_next = false;
    CHECK(control(lay_out_toolbar(fixture.at(0, size), last), Command::next_lesson).w == 0);
}

TEST_CASE("toolbar: a moment can be shared where there is room for the button") {
    Fixture fixture;
    CHECK(control(lay_out_toolbar(fixture.at(20, {1280, 40}), toolbar_lesson), Command::share).w > 0);
    CHECK(control(lay_out_toolbar(fixture.at(20, {1280, 40}), toolbar_lesson), Command::share).right() <=
          control(lay_out_toolbar(fixture.at(20, {1280, 40}), toolbar_lesson), Command::exports).x);
}

TEST_CASE("toolbar: a plain script has no lessons before and after it") {
    Fixture fixture;
    const Size size{1280, 40};
    const Scene scene =
        lay_out_toolbar(fixture.at(3, size), {.title = "/a/very/long/path/to/some/file/that/has/a/name.lua"});
    check_scene(scene, size);
    CHECK(control(scene, Command::next_lesson).w == 0);
    CHECK(control(scene, Command::run).w > 0);
}

TEST_CASE("toolbar: speeds read as factors") {
    CHECK(speed_text(1) == "1×");
    CHECK(speed_text(0.5F) == "0.5×");
    CHECK(speed_text(16) == "16×");
}

TEST_CASE("toolbar: a long title is whole where there is room for it, and takes what there is where not") {
    Fixture fixture;
    const std::string title = "A request's way through the whole server";
    const LessonText lesson{.number = 34, .count = 37, .title = title};
    const auto limit_of = [&](const Scene& scene) {
        for (const Item& item : scene.items) {
            const auto* text = std::get_if<Text>(&item);
            if (text && text->text == title) return text->style.max_width;
        }
        return 0.0F;
    };
    const float whole = fixture.measure(title, Font::prose);
    CHECK(limit_of(lay_out_toolbar(fixture.at(20, {1280, 40}), lesson)) >= whole);
    CHECK(limit_of(lay_out_toolbar(fixture.at(20, {1024, 40}), lesson)) > 120);
    check_scene(lay_out_toolbar(fixture.at(20, {1024, 40}), lesson), {1024, 40});
}
