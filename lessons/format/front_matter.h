// Front matter: the YAML between two `---` lines at the top of a lesson file.
//
//     ---
//     id: channels                # stable: links and progress keep it; lower-case letters, digits, hyphens
//     title: go + chan + defer
//     chapter: Quick start
//     order: 12
//     needs: [scheduling]         # ids of lessons to read first
//     panels: [channels, timers]  # inspector tabs worth showing, the first is opened
//     clock: steps                # or virtual, or wall
//     seeds: [0, 1, 2]            # each must give the expected output
//     limits: {lines: 1000000, coroutines: 100, horizon: 2s}
//     ---
//
// id, title, chapter and order are needed, the rest has defaults. An unknown key is an error.
#pragma once

#include <cstdint>
#include <string_view>

#include "lessons/format/lesson.h"
#include "lessons/format/place.h"

namespace co::lessons {

/// Reads the front matter of `text` into `lesson` (file is set already). Returns its length in lines, both `---`
/// included.
std::uint32_t read_front_matter(std::string_view text, Lesson& lesson, const Place& file);

/// What the front matter of a translation says (translation.h).
struct TranslatedFront {
    std::string title;
    std::string chapter;
    std::string of;  // digest of what was translated
};
/// Reads it into `front`. Returns its length in lines, both `---` included.
std::uint32_t read_translated_front_matter(std::string_view text, TranslatedFront& front, const Place& file);

/// "2s", "1.5s", "300ms", "40us": a length of time in nanoseconds; nothing when it is none.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace co::lessons
