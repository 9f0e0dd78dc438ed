// Preferences: what the studio remembers from one start to the next, kept in the person's own configuration folder.
//
//     Preferences preferences = load_preferences(preferences_file());
//     preferences.theme = Theme::light;
//     save_preferences(preferences, preferences_file());
#pragma once

#include <filesystem>
#include <string>

#include "visualizer/layout/screen.h"
#include "visualizer/theme/theme.h"

namespace co::studio {

struct Preferences {
    Theme theme = Theme::dark;
    Size size{1280, 800};
    float speed = 1;
    std::string language = "en";  // of the lessons' words
    Division division{};          // of the window among the panels
    friend bool operator==(const Preferences&, const Preferences&) = default;
};

/// $XDG_CONFIG_HOME/costudio/studio.json, or the same in ~/.config; empty where there is no home.
std::filesystem::path preferences_file();

/// What can't be read keeps its usual value: a broken file must not keep the studio from opening.
Preferences load_preferences(const std::filesystem::path& file);

/// False when it can't be written; the studio then simply forgets.
bool save_preferences(const Preferences& preferences, const std::filesystem::path& file);

}  // namespace co::studio
