#include "lessons/host/settings.h"

#include <algorithm>
#include <vector>

#include <co/suggest.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"

namespace co::lessons {
namespace {

constexpr std::string_view framing_names[] = {"open_eof_split",      "package_eof",           "open_length_check",
                                              "package_length_type", "package_length_offset", "package_body_offset",
                                              "package_max_length"};

SettingValue check_value(lua_State* L, int argument, const std::string& name) {
    switch (lua_type(L, -1)) {
        case LUA_TBOOLEAN:
            return lua_toboolean(L, -1) != 0;
        case LUA_TNUMBER:
            if (lua_isinteger(L, -1)) return static_cast<std::int64_t>(lua_tointeger(L, -1));
            return lua_tonumber(L, -1);
        case LUA_TSTRING: {
            std::size_t size = 0;
            const char* text = lua_tolstring(L, -1, &size);
            return std::string(text, size);
        }
        default:
            bad_argument(L, argument, fmt::format("{} must be a number, a string or a boolean, {}", name, got(L, -1)));
    }
}

/// By name: Lua's own order differs from run to run.
std::vector<NamedSetting> check_values(lua_State* L, int index) {
    if (!lua_istable(L, index))
        bad_argument(L, index, fmt::format("a table of settings is needed: {{worker_num = 2}}, {}", got(L, index)));
    std::vector<NamedSetting> values;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) bad_argument(L, index, "each setting needs its name: {worker_num = 2}");
        const std::string name = lua_tostring(L, -2);
        values.emplace_back(name, check_value(L, index, name));
    }
    std::ranges::sort(values, {}, &NamedSetting::first);
    return values;
}

void apply(lua_State* L, int index, const std::vector<NamedSetting>& values, ServerSettings& settings) {
    const std::vector<std::string> complaints = apply_values(values, settings);
    if (complaints.empty()) return;
    std::string all;
    for (const std::string& complaint : complaints) all += (all.empty() ? "" : "; ") + complaint;
    bad_argument(L, index, all);
}

}  // namespace

void apply_settings(lua_State* L, int index, ServerSettings& settings) {
    apply(L, index, check_values(L, index), settings);
}

Framing check_framing(lua_State* L, int index, std::initializer_list<std::string_view> others) {
    std::vector<NamedSetting> values = check_values(L, index);
    std::erase_if(values,
                  [&](const NamedSetting& value) { return std::ranges::find(others, value.first) != others.end(); });
    for (const NamedSetting& value : values) {
        if (std::ranges::find(framing_names, value.first) != std::end(framing_names)) continue;
        std::vector<std::string_view> known(std::begin(framing_names), std::end(framing_names));
        known.insert(known.end(), others.begin(), others.end());
        bad_argument(L, index,
                     fmt::format("there is no setting {} here: {}", value.first, suggest(value.first, known)));
    }
    ServerSettings settings;
    apply(L, index, values, settings);
    return settings.framing;
}

}  // namespace co::lessons
