#include "visualizer/windows/strokes.h"

#include <doctest/doctest.h>

using namespace co::studio;

TEST_CASE("strokes: dashes and gaps alternate along a path, around its corners") {
    const auto line = dashes({{0, 0}, {11, 0}}, 4, 3);
    REQUIRE(line.size() == 2);
    CHECK(line[0].back().x == doctest::Approx(4));
    CHECK(line[1].front().x == doctest::Approx(7));
    CHECK(line[1].back().x == doctest::Approx(11));

    const auto corner = dashes({{0, 0}, {3, 0}, {3, 3}}, 4, 4);
    REQUIRE(corner.size() == 1);
    CHECK(corner[0].size() == 3);
    CHECK(corner[0].back().y == doctest::Approx(1));
}

TEST_CASE("strokes: a curve begins and ends where it should, an outline closes") {
    const Polyline curve = flatten({0, 0}, {10, 0}, {10, 0}, {10, 10});
    CHECK(curve.front().x == 0);
    CHECK(curve.back().y == doctest::Approx(10));
    for (const float radius : {0.0F, 4.0F}) {
        const Polyline box = outline({2, 2, 20, 10}, radius);
        CHECK(box.front().x == box.back().x);
        CHECK(box.front().y == box.back().y);
    }
}
