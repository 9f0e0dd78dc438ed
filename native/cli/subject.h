// Subject: what a command is about: a lesson of the course, by number or id, or a file.
//
//     find_file("12")              // lessons/scripts/12-channels.md
//     find_file("channels")        // the same
//     find_subject("mine.lua")     // a plain script, read
//
// Both throw Misunderstood for a word that is neither, and LessonError for a lesson that can't be read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lessons/format/lesson.h"

namespace co::cli {

/// `other_words` are suggested too when `word` is unknown. A file that is named is not read.
std::filesystem::path find_file(const std::string& word, const std::vector<std::string>& other_words = {});
co::lessons::Lesson find_subject(const std::string& word);

/// The course, by order.
std::vector<co::lessons::Lesson> all_lessons();

/// $COSTUDIO_LESSONS, or the folder that was installed with this program, or the one that it was built from.
std::filesystem::path lessons_folder();

/// "12  channels"
std::string number_and_id(const co::lessons::Lesson& lesson);

}  // namespace co::cli
