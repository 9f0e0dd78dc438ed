// SourcePlace: a file and a line of the program, for reports.
//
//     void start(co::SourcePlace where = co::SourcePlace::here());   // the caller's line
//
// What std::source_location is, which clang 14 and the Emscripten that Debian packages do not have.
#pragma once

#include <cstdint>
#include <string>

namespace co {

struct SourcePlace {
    const char* file = "";
    std::uint32_t line = 0;  // 0: unknown

    static constexpr SourcePlace here(const char* file = __builtin_FILE(), std::uint32_t line = __builtin_LINE()) {
        return {file, line};
    }
    bool is_known() const { return line != 0; }
};

/// "src/main.cpp:12"
inline std::string to_string(const SourcePlace& place) {
    return std::string(place.file) + ':' + std::to_string(place.line);
}

}  // namespace co
