#include "visualizer/theme/theme.h"

#include <doctest/doctest.h>

using namespace co::studio;

TEST_CASE("theme: every text can be read: 4.5 to 1 on every ground") {
    for (const Theme theme : {Theme::dark, Theme::light}) {
        for (const Ink text : {Ink::text1, Ink::text2, Ink::text3, Ink::keyword, Ink::call, Ink::string, Ink::number}) {
            for (const Ink ground : {Ink::window, Ink::panel, Ink::raised}) {
                CAPTURE(static_cast<int>(text));
                CAPTURE(static_cast<int>(ground));
                CHECK(contrast(color(text, theme), color(ground, theme)) >= 4.5);
            }
        }
        CHECK(contrast(color(Ink::on_now, theme), color(Ink::now, theme)) >= 4.5);
        CHECK(contrast(color(Ink::on_running, theme), color(Ink::running, theme)) >= 4.5);
        CHECK(contrast(color(Ink::on_ready, theme), color(Ink::ready, theme)) >= 4.5);
        CHECK(contrast(color(Ink::on_failed, theme), color(Ink::failed, theme)) >= 4.5);
    }
}

TEST_CASE("theme: every state can be told from the panel: 3 to 1") {
    for (const Theme theme : {Theme::dark, Theme::light}) {
        for (const Ink state : {Ink::running, Ink::ready, Ink::waiting_channel, Ink::waiting_timer, Ink::waiting_io,
                                Ink::done, Ink::failed}) {
            CAPTURE(static_cast<int>(state));
            CHECK(contrast(color(state, theme), color(Ink::panel, theme)) >= 3.0);
        }
    }
}

TEST_CASE("theme: now is pure white in the dark and ink in the light") {
    CHECK(color(Ink::now, Theme::dark) == Color{255, 255, 255, 255});
    CHECK(color(Ink::now, Theme::light) == Color{0x0B, 0x0D, 0x10, 255});
    CHECK(theme_named("light") == Theme::light);
    CHECK_FALSE(theme_named("sepia"));
}
