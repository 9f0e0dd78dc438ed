#include "visualizer/layout/lesson_layout.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size mock_lesson{299, 464};

LessonText lesson12() {
    LessonText lesson{.number = 12, .count = 37, .chapter = "Quick start", .title = "go + chan + defer"};
    lesson.blocks = {
        {BlockKind::paragraph,
         {{RunStyle::code, "push()"},
          {RunStyle::plain, " never switches. Where does "},
          {RunStyle::emphasis, "milk"},
          {RunStyle::plain, " go?"}}},
        {BlockKind::heading, {{RunStyle::plain, "What to watch"}}},
        {BlockKind::bullet, {{RunStyle::plain, "the seats of the channel while both producers run"}}},
        {BlockKind::code,
         {{RunStyle::code, "results:push(name)\nprint(name .. \" pushed, and so on and so forth\")\n"}}},
    };
    lesson.question = "Which line follows “tea pushed”?";
    lesson.choices = {{"got tea", false, "push never switches, so co#1 goes on."},
                      {"milk pushed", true, "co#2 was ahead of co#3 in the ready queue."},
                      {"main ends", false, "main sleeps until 0.30 s."}};
    lesson.checkpoints = {{"Both producers wait", "", 6},
                          {"A value takes a seat", "Nobody waited for it.", 20},
                          {"the deferred call runs", "", 27},
                          {"never reached", "", std::nullopt}};
    return lesson;
}

}  // namespace

TEST_CASE("lesson: shows where it stands in the course, its title and its question") {
    Fixture fixture;
    const Scene scene = lay_out_lesson(fixture.at(0, mock_lesson), lesson12());
    CHECK(has_text(scene, "Quick start"));
    CHECK(has_text(scene, "lesson 12 of 37"));
    CHECK(has_text(scene, "go + chan + defer"));
    CHECK(has_text(scene, "push()"));
    CHECK(has_text(scene, "Which line follows “tea pushed”?"));
    for (std::uint32_t i = 0; i < 3; ++i) CHECK(hit_rect(scene, Target::choice, i).h == 28);
}

TEST_CASE("lesson: the panel's lower edge cuts through no line of text, however high it is") {
    Fixture fixture;
    for (float height = 200; height < 460; height += 7) {
        const Scene scene = lay_out_lesson(fixture.at(0, {299, height}), lesson12());
        std::vector<Rect> clips;
        for (const Item& item : scene.items) {
            if (const auto* clip = std::get_if<PushClip>(&item)) clips.push_back(clip->rect);
            if (std::holds_alternative<PopClip>(item)) clips.pop_back();
            const auto* text = std::get_if<Text>(&item);
            if (!text || clips.empty()) continue;
            const float end = clips.back().bottom();
            CHECK_FALSE((text->baseline.y - 10 < end - 0.5F && text->baseline.y > end + 0.5F));
        }
    }
}

TEST_CASE("lesson: an answer is called right or wrong, with its reason, and before that nothing is given away") {
    Fixture fixture;
    const auto lay_out = [&](std::optional<std::uint32_t> choice) {
        fixture.view.choice = choice;
        return lay_out_lesson(fixture.at(20, mock_lesson), lesson12());
    };
    CHECK_FALSE(has_text(lay_out({}), "right"));
    CHECK_FALSE(has_text(lay_out({}), "wrong"));
    CHECK(has_text(lay_out(1), "right"));
    CHECK(has_text(lay_out(0), "wrong"));
    CHECK(lay_out(1).content_height > lay_out({}).content_height);
    CHECK(lay_out(7).content_height == lay_out({}).content_height);  // of a lesson with more answers
}

TEST_CASE("lesson: the last checkpoint that was reached says its prose, the next one is announced") {
    Fixture fixture;
    const Scene scene = lay_out_lesson(fixture.at(22, mock_lesson), lesson12());
    CHECK(has_text(scene, "Nobody waited for it."));
    CHECK(has_text(scene, "Next: the deferred call runs"));
    CHECK(has_text(scene, "not in this run"));
    CHECK(hit_rect(scene, Target::checkpoint, 27).h >= 28);
    const Scene before = lay_out_lesson(fixture.at(0, mock_lesson), lesson12());
    CHECK_FALSE(has_text(before, "Nobody waited for it."));
    CHECK(has_text(before, "Next: Both producers wait"));
}

TEST_CASE("lesson: nothing overlaps or sticks out, and what is too tall scrolls to its end") {
    Fixture fixture;
    for (const Size size : {mock_lesson, Size{247, 304}, Size{420, 900}}) {
        for (const std::optional<std::uint32_t> choice : {std::optional<std::uint32_t>{}, {0U}, {1U}, {2U}}) {
            for (const float scroll : {0.0F, 55.0F, 1e9F}) {
                fixture.view.choice = choice;
                fixture.view.lesson_scroll = scroll;
                const Scene scene = lay_out_lesson(fixture.at(22, size), lesson12());
                check_scene(scene, size);
                CHECK(scene.scroll <= std::max(0.0F, scene.content_height - (size.h - 28)));
            }
        }
    }
}

TEST_CASE("lesson: it follows the checkpoints until the person scrolls") {
    Fixture fixture;
    const Size low{299, 304};
    CHECK(lay_out_lesson(fixture.at(0, low), lesson12()).scroll == 0);
    const Scene scene = lay_out_lesson(fixture.at(20, low), lesson12());
    CHECK(scene.scroll > 0);
    const Rect reached = hit_rect(scene, Target::checkpoint, 20);
    CHECK(reached.y >= 28);
    CHECK(reached.bottom() <= low.h);
    fixture.view.lesson_scroll = 0;
    CHECK(lay_out_lesson(fixture.at(20, low), lesson12()).scroll == 0);
}

TEST_CASE("lesson: a script has only its name") {
    Fixture fixture;
    const Scene scene = lay_out_lesson(fixture.at(3, mock_lesson), {.title = "demo.lua"});
    CHECK(has_text(scene, "demo.lua"));
    check_scene(scene, mock_lesson);
}
