#include "visualizer/theme/fonts.h"

#include <doctest/doctest.h>

using namespace co::studio;

TEST_CASE("fonts: figures are tabular, code is monospaced, sizes are CSS pixels at any density") {
    const FontData files = read_fonts(find_font_files(default_font_folders()));
    const Fonts fonts(files, 1), dense(files, 2);
    CHECK(fonts.width("11111", Font::panel) == doctest::Approx(fonts.width("90428", Font::panel)));
    CHECK(fonts.width("iiii", Font::code) == doctest::Approx(fonts.width("WWWW", Font::code)));
    CHECK(fonts.width("W", Font::code) == doctest::Approx(7.8));  // JetBrains Mono: 0.6 em
    CHECK(fonts.width("iiii", Font::prose) < fonts.width("WWWW", Font::prose));
    CHECK(dense.width("go + chan + defer", Font::title) ==
          doctest::Approx(fonts.width("go + chan + defer", Font::title)).epsilon(0.01));
}

TEST_CASE("fonts: what the studio writes has glyphs") {
    const Fonts fonts(read_fonts(find_font_files(default_font_folders())), 1);
    const float missing = fonts.width("\uFFFD", Font::panel);
    for (const char* sign : {"…", "×", "·", "→", "←", "é", "œ", "“", "’", "µ"}) {
        CAPTURE(sign);
        CHECK(fonts.width(sign, Font::panel) > 0);
        if (std::string_view(sign) == "…") CHECK(fonts.width(sign, Font::panel) != missing);
    }
}

TEST_CASE("fonts: UTF-8 is taken character by character, broken bytes one by one") {
    std::string_view text = "a\u00E9\u2192\U0001F600";
    CHECK(take_character(text) == U'a');
    CHECK(take_character(text) == U'\u00E9');
    CHECK(take_character(text) == U'\u2192');
    CHECK(take_character(text) == U'\U0001F600');
    CHECK(text.empty());
    std::string_view broken = "\xFFx\xC3";
    CHECK(take_character(broken) == U'\uFFFD');
    CHECK(take_character(broken) == U'x');
    CHECK(take_character(broken) == U'\uFFFD');
    CHECK(broken.empty());
}
