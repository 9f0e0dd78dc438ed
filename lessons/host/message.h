// Message: a Lua error message taken apart, and places as reports write them.
//
//     split_message("main.lua:3: 'then' expected", "main.lua")     // line 3, "'then' expected"
//     place_in(script, 3)                                          // "12-channels.md:24"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lessons/host/simulate.h"

namespace co::lessons {

struct Message {
    std::uint32_t line = 0;  // of the script; 0: it doesn't say
    std::string text;
};

/// `chunk` is how Lua calls the script in front of its messages.
Message split_message(std::string_view message, std::string_view chunk);

/// File and line as reports write them: of the file that the script was cut from.
std::string place_in(const Script& script, std::uint32_t script_line);
/// The file to name in reports.
const std::string& file_of(const Script& script);

/// 1000000 -> "1,000,000".
std::string with_separators(std::uint64_t number);

}  // namespace co::lessons
