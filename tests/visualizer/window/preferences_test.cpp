#include "visualizer/platform/preferences.h"

#include <doctest/doctest.h>

#include "tests/visualizer/window/folder.h"

using namespace co::studio;

TEST_CASE("preferences: what is saved comes back, in a folder that did not exist") {
    const TestFolder folder;
    const auto file = folder.path("config/costudio/studio.json");
    const Preferences chosen{
        Theme::light, {1500, 900}, 2, "fr", {.lesson = 240, .bottom = 180, .folded = {.inspector = true}}};
    CHECK(save_preferences(chosen, file));
    CHECK(load_preferences(file) == chosen);
}

TEST_CASE("preferences: a missing, broken or foolish file is no reason not to open") {
    TestFolder folder;
    CHECK(load_preferences(folder.path("none.json")) == Preferences{});
    CHECK(load_preferences(folder.write("broken.json", "{\"theme\":")) == Preferences{});
    const Preferences odd = load_preferences(folder.write(
        "odd.json",
        R"({"theme": 3, "width": 5, "speed": "fast", "panels": {"code": -3, "bottom": []}, "folded": [1]})"));
    CHECK(odd.theme == Theme::dark);
    CHECK(odd.size.w == 1024);
    CHECK(odd.speed == 1);
    CHECK(odd.division == Division{});
    CHECK_FALSE(save_preferences({}, ""));
}
