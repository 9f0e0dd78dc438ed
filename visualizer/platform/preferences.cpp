#include "visualizer/platform/preferences.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace co::studio {
namespace {

using nlohmann::json;

template <typename Value>
Value value_or(const json& object, const char* key, Value usual) {
    const auto found = object.find(key);
    if (found == object.end()) return usual;
    try {
        return found->get<Value>();
    } catch (const json::exception&) {
        return usual;
    }
}

/// Sizes that no longer fit are clamped when the panels are placed.
Division division_of(const json& object) {
    const json panels = value_or<json>(object, "panels", {});
    const auto size = [&](const char* panel) {
        return panels.is_object() ? std::clamp(value_or(panels, panel, 0.0F), 0.0F, 8192.0F) : 0.0F;
    };
    const json folded = value_or<json>(object, "folded", {});
    const auto is_folded = [&](const char* panel) { return folded.is_object() && value_or(folded, panel, false); };
    return {size("lesson"),
            size("code"),
            size("timeline"),
            size("bottom"),
            {is_folded("lesson"), is_folded("inspector"), is_folded("timeline"), is_folded("bottom")}};
}

}  // namespace

std::filesystem::path preferences_file() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config != '\0') return std::filesystem::path(config) / "costudio/studio.json";
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home != '\0') return std::filesystem::path(home) / ".config/costudio/studio.json";
    return {};
}

Preferences load_preferences(const std::filesystem::path& file) {
    std::ifstream in(file);
    const json object = json::parse(in, nullptr, false);
    Preferences preferences;
    if (!object.is_object()) return preferences;
    preferences.theme = theme_named(value_or<std::string>(object, "theme", "dark")).value_or(Theme::dark);
    preferences.size.w = std::clamp(value_or(object, "width", preferences.size.w), 1024.0F, 8192.0F);
    preferences.size.h = std::clamp(value_or(object, "height", preferences.size.h), 640.0F, 8192.0F);
    preferences.speed = value_or(object, "speed", preferences.speed);
    preferences.language = value_or(object, "language", preferences.language);
    preferences.division = division_of(object);
    return preferences;
}

bool save_preferences(const Preferences& preferences, const std::filesystem::path& file) {
    if (file.empty()) return false;
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    const json object{{"theme", name(preferences.theme)},
                      {"width", preferences.size.w},
                      {"height", preferences.size.h},
                      {"speed", preferences.speed},
                      {"language", preferences.language},
                      {"panels",
                       {{"lesson", preferences.division.lesson},
                        {"code", preferences.division.code},
                        {"timeline", preferences.division.timeline},
                        {"bottom", preferences.division.bottom}}},
                      {"folded",
                       {{"lesson", preferences.division.folded.lesson},
                        {"inspector", preferences.division.folded.inspector},
                        {"timeline", preferences.division.folded.timeline},
                        {"bottom", preferences.division.folded.bottom}}}};
    // Written beside and renamed: a studio killed half-way leaves the old file whole.
    const std::filesystem::path fresh = file.string() + ".new";
    std::ofstream out(fresh);
    out << object.dump(2) << '\n';
    out.close();
    if (!out) return false;
    std::filesystem::rename(fresh, file, error);
    return !error;
}

}  // namespace co::studio
