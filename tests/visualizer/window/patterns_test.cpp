#include "visualizer/theme/patterns.h"

#include <doctest/doctest.h>

using namespace co::studio;

TEST_CASE("patterns: channel bars are 2 of 6 pixels wide, dots stand in the middle of their tile") {
    for (int x = 0; x < 12; ++x) {
        CHECK(coverage(Pattern::channel_bars, x, 0, 6) == (x % 6 == 2 || x % 6 == 3 ? 1.0F : 0.0F));
    }
    CHECK(coverage(Pattern::timer_dots, 2, 2, 6) > 0.7F);
    CHECK(coverage(Pattern::timer_dots, 3, 3, 6) > 0.7F);
    CHECK(coverage(Pattern::timer_dots, 0, 3, 6) == 0.0F);
}

TEST_CASE("patterns: / rises, \\ falls, and both repeat with their tile") {
    CHECK(coverage(Pattern::io_slashes, 1, 4, 6) > coverage(Pattern::io_slashes, 1, 1, 6));
    CHECK(coverage(Pattern::handed_off, 1, 1, 6) > coverage(Pattern::handed_off, 1, 4, 6));
    for (const Pattern pattern : {Pattern::io_slashes, Pattern::handed_off, Pattern::failed_cross}) {
        for (int i = 0; i < 6; ++i) CHECK(coverage(pattern, i, 2, 6) == coverage(pattern, i + 6, 8, 6));
    }
    CHECK(tile_of(Pattern::timer_dots, 2) == 12);
    CHECK(tile_of(Pattern::blocked_hatch, 1.5F) == 12);
}
