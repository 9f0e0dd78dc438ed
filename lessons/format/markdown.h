// Markdown as a lesson sees it: blocks of prose and fences, in their order, with line numbers.
//
//     for (auto& element : co::lessons::read_markdown(text, {"12-channels.md", 1})) …
//
// What the studio can't show (tables, images, HTML, quotes, numbered lists) is an error, so that no part of a lesson
// silently disappears.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lessons/format/lesson.h"
#include "lessons/format/place.h"

namespace co::lessons {

/// A fenced code block as it stands: "lua run" and its text.
struct MarkdownFence {
    std::string info;
    std::string text;              // every line ends with a newline
    std::uint32_t first_line = 0;  // of the text; the info stands on the line before
};

using MarkdownElement = std::variant<Block, MarkdownFence>;

/// `start` is the place of the text's first line. Throws LessonError.
std::vector<MarkdownElement> read_markdown(std::string_view text, const Place& start);

}  // namespace co::lessons
