#include "visualizer/layout/overlays.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"

using namespace co::studio;

namespace {

constexpr Size sizes[] = {{1280, 800}, {1024, 640}};

std::vector<LessonEntry> lessons(std::uint32_t count) {
    std::vector<LessonEntry> list;
    for (std::uint32_t i = 1; i <= count; ++i) list.push_back({i, "Quick start", "Lesson " + std::to_string(i)});
    return list;
}

}  // namespace

TEST_CASE("overlays: the keys fit, each with what it does") {
    for (const Size size : sizes) {
        const Scene scene = lay_out_help(size, Shade::dark);
        check_scene(scene, size);
        CHECK(has_text(scene, "Ctrl Enter"));
        CHECK(has_text(scene, "run from the start"));
        CHECK(scene.hit_at({size.w / 2, size.h / 2}).target == Target::none);
    }
}

TEST_CASE("overlays: the list of lessons opens the one that is clicked, and a long one keeps the chosen row in sight") {
    for (const Size size : sizes) {
        const Scene few = lay_out_lessons(size, Shade::light, lessons(4), 1, measure_monospace);
        check_scene(few, size);
        const Rect row = hit_rect(few, Target::choice, 2);
        CHECK(few.hit_at({row.x + 5, row.y + 5}).id == 2);
        CHECK(few.hit_at({row.right() + 20, row.y}).target == Target::none);

        const Scene many = lay_out_lessons(size, Shade::dark, lessons(37), 36, measure_monospace);
        check_scene(many, size);
        CHECK(has_text(many, "Lesson 37"));
        CHECK_FALSE(has_text(many, "Lesson 1"));
    }
}

TEST_CASE("overlays: a notice stays in the window, however long") {
    const Size window = sizes[1];
    const Rect place = notice_place(window, std::string(400, 'x'), measure_monospace);
    CHECK(place.x >= 0);
    CHECK(place.right() <= window.w);
    CHECK(place.bottom() <= window.h);
    CHECK(has_text(lay_out_notice({300, 36}, Shade::dark, "The trace is in /tmp."), "The trace is in /tmp."));
}
