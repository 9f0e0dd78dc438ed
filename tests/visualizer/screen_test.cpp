#include "visualizer/layout/screen.h"

#include <doctest/doctest.h>

#include <vector>

using namespace co::studio;

namespace {

std::vector<Rect> panels(const Screen& screen) {
    std::vector<Rect> all{screen.toolbar, screen.code, screen.inspector, screen.timeline, screen.bottom};
    if (screen.lesson.w > 0) all.push_back(screen.lesson);
    return all;
}

}  // namespace

TEST_CASE("screen: 1280 x 800 with four lanes and 24 lines is divided as in the mock") {
    const Screen screen = lay_out_screen({1280, 800}, {.lanes = 4, .lines = 24});
    CHECK(screen.toolbar == Rect{0, 0, 1280, 40});
    CHECK(screen.lesson == Rect{0, 40, 299, 464});
    CHECK(screen.code == Rect{300, 40, 479, 464});
    CHECK(screen.inspector == Rect{780, 40, 500, 464});
    CHECK(screen.timeline == Rect{0, 505, 1280, 194});
    CHECK(screen.bottom == Rect{0, 700, 1280, 100});
}

TEST_CASE("screen: panels lie inside the window and apart from each other at any size from 1024 x 640 on") {
    for (const Size window : {Size{1024, 640}, {1280, 800}, {1366, 768}, {1920, 1080}, {2560, 1440}, {1024, 1400}}) {
        for (const std::size_t lanes : {0U, 1U, 4U, 8U, 9U, 11U, 1000U}) {
            for (const bool lesson : {true, false}) {
                const Screen screen = lay_out_screen(window, {.lanes = lanes, .lines = 24, .lesson = lesson});
                const std::vector<Rect> all = panels(screen);
                for (std::size_t i = 0; i < all.size(); ++i) {
                    CHECK(all[i].x >= 0);
                    CHECK(all[i].right() <= window.w);
                    CHECK(all[i].bottom() <= window.h);
                    for (std::size_t j = i + 1; j < all.size(); ++j) CHECK_FALSE(all[i].overlaps(all[j]));
                }
                CHECK(screen.bottom.h >= 100);
                CHECK(screen.bottom.bottom() == window.h);
                CHECK(screen.code.w >= 399);
                CHECK(screen.inspector.w >= 360);
                CHECK(screen.code.h >= 230);
                if (lesson) CHECK(screen.lesson.w >= 247);
            }
        }
    }
}

TEST_CASE("screen: a folded panel leaves a strip, its ruler or its tabs, and its room to the others") {
    const ScreenContent content{.lanes = 4, .lines = 24};
    for (const Size window : {Size{1024, 640}, {1280, 800}, {2560, 1440}}) {
        const Screen open = lay_out_screen(window, content);
        for (unsigned which = 0; which < 16; ++which) {
            const Folded folded{(which & 1U) != 0, (which & 2U) != 0, (which & 4U) != 0, (which & 8U) != 0};
            const Folds half{folded.lesson ? 0.5F : 0, folded.inspector ? 0.5F : 0, folded.timeline ? 0.5F : 0,
                             folded.bottom ? 0.5F : 0};
            const Division division{.folded = folded};
            for (const Screen& screen :
                 {lay_out_screen(window, content, division), lay_out_screen(window, content, division, half)}) {
                const std::vector<Rect> all = panels(screen);
                for (std::size_t i = 0; i < all.size(); ++i) {
                    CHECK(all[i].right() <= window.w);
                    CHECK(all[i].bottom() <= window.h);
                    for (std::size_t j = i + 1; j < all.size(); ++j) CHECK_FALSE(all[i].overlaps(all[j]));
                }
                CHECK(screen.code.w >= open.code.w);
                CHECK(screen.code.h >= open.code.h);
            }
            const Screen screen = lay_out_screen(window, content, division);
            CHECK(screen.lesson.w == (folded.lesson ? 40 : open.lesson.w));
            if (folded.inspector) CHECK(screen.inspector.w == 40);
            if (folded.timeline) CHECK(screen.timeline.h == 41);
            if (folded.bottom) CHECK(screen.bottom.h == 28);
            CHECK((divider_at(screen, {screen.code.x, 200}) == Divider::lesson) == !folded.lesson);
            CHECK((divider_at(screen, {500, screen.bottom.y}) == Divider::bottom) == !folded.bottom);
        }
    }
}

TEST_CASE("screen: lanes close up before they scroll, and the timeline stays below its limit") {
    CHECK(lane_metrics(4, 260).height == 194);
    CHECK(lane_metrics(4, 260).pitch == 28);
    CHECK(lane_metrics(8, 260).height <= 260);
    CHECK(lane_metrics(8, 260).lanes >= 8 * lane_metrics(8, 260).pitch);
    CHECK(lane_metrics(11, 260).height == 254);
    CHECK(lane_metrics(11, 260).pitch == 17);
    CHECK(lane_metrics(11, 260).bar == 12);
    CHECK(lane_metrics(1000, 260).height == 254);
}

TEST_CASE("scene: the hit area on top is the one that is found") {
    Scene scene;
    scene.hit({0, 0, 10, 10}, Target::scrub);
    scene.hit({2, 2, 4, 4}, Target::coroutine, 7);
    CHECK(scene.hit_at({1, 1}).target == Target::scrub);
    CHECK(scene.hit_at({3, 3}).id == 7);
    CHECK(scene.hit_at({11, 3}).target == Target::none);
}

TEST_CASE("screen: a divider that is dragged moves, its panels follow, the others stay") {
    const ScreenContent content{.lanes = 20, .lines = 24};
    const Size window{1280, 800};
    const Screen before = lay_out_screen(window, content);
    const auto drag = [&](Divider divider, Point to) {
        return lay_out_screen(window, content, moved({}, before, divider, to));
    };
    CHECK(divider_at(before, {before.code.x, 200}) == Divider::lesson);
    CHECK(divider_at(before, {before.inspector.x - 2, 200}) == Divider::code);
    CHECK(divider_at(before, {500, before.timeline.y}) == Divider::timeline);
    CHECK(divider_at(before, {500, before.bottom.y + 2}) == Divider::bottom);
    CHECK(divider_at(before, {before.inspector.x - 2, before.bottom.y + 30}) == Divider::none);

    const Screen lesson = drag(Divider::lesson, {240, 200});
    CHECK(lesson.lesson.w == 240);
    CHECK(lesson.inspector == before.inspector);
    const Screen code = drag(Divider::code, {850, 200});
    CHECK(code.inspector.x == 851);
    CHECK(code.lesson == before.lesson);
    const Screen timeline = drag(Divider::timeline, {500, before.timeline.y - 60});
    CHECK(timeline.timeline.h > before.timeline.h);
    CHECK(timeline.bottom == before.bottom);
    const Screen bottom = drag(Divider::bottom, {500, before.bottom.y - 80});
    CHECK(bottom.bottom.h == before.bottom.h + 80);
    CHECK(bottom.timeline.h == before.timeline.h);
    CHECK(bottom.code.h == before.code.h - 80);
}

TEST_CASE("screen: however far a divider is dragged, every panel keeps some room") {
    for (const Size window : {Size{1024, 640}, {1280, 800}, {2560, 1440}}) {
        for (const std::size_t lanes : {1U, 8U, 1000U}) {
            const ScreenContent content{.lanes = lanes, .lines = 24};
            for (const Divider divider : {Divider::lesson, Divider::code, Divider::timeline, Divider::bottom}) {
                for (const Point to : {Point{-50, -50}, {window.w + 50, window.h + 50}}) {
                    const Screen screen =
                        lay_out_screen(window, content, moved({}, lay_out_screen(window, content), divider, to));
                    const std::vector<Rect> all = panels(screen);
                    for (std::size_t i = 0; i < all.size(); ++i) {
                        CHECK(all[i].w >= 180);
                        CHECK(all[i].h >= 40);
                        CHECK(all[i].right() <= window.w);
                        CHECK(all[i].bottom() <= window.h);
                        for (std::size_t j = i + 1; j < all.size(); ++j) CHECK_FALSE(all[i].overlaps(all[j]));
                    }
                    CHECK(screen.inspector.w >= 340);
                }
            }
        }
    }
}
