// Place: where in a lesson file something stands, so that every complaint can name it.
//
//     co::lessons::Place here{"12-channels.md", 7};
//     here.fail("`order` is missing", "add `order: 12`");   // 12-channels.md:7: `order` is missing; add `order: 12`
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace co::lessons {

struct Place {
    std::string file;
    std::uint32_t line = 0;  // from 1; 0: the file as a whole

    /// Throws LessonError: the place, what is wrong, and what to write instead.
    [[noreturn]] void fail(std::string_view what, std::string_view remedy) const;
    Place at(std::uint32_t other_line) const { return {file, other_line}; }
};

}  // namespace co::lessons
