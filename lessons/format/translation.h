// Translation: a lesson's words in another language, in a file beside it: `12-channels.fr.md` beside `12-channels.md`.
//
//     ---
//     title: go + chan + defer
//     chapter: Premiers pas
//     of: 3f2a91c0
//     ---
//     Prose.
//
//     ```checkpoint at="deferred" of="9b1c04de"
//     Title and sentence, as in the original.
//     ```
//
// It has words only: prose, and the fences `predict`, `checkpoint`, `try` and `break`; program, output, twin, solution
// and winning schedule are the original's. A fence belongs to the original's fence of the same kind with the same `at`,
// `goal` or `invariant`. `of` is the digest of what was translated, so that a later change of the original shows.
//
//     Lesson french = co::lessons::in_language(lesson, "fr");        // what is missing stays in English
//     for (const std::string& gap : co::lessons::gaps_of(lesson, "fr")) complain(gap);
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/format/lesson.h"

namespace co::lessons {

/// "fr" for `12-channels.fr.md`; empty for an original.
std::string language_of(const std::filesystem::path& file);

/// `12-channels.md` for `12-channels.fr.md`.
std::filesystem::path original_of(const std::filesystem::path& translation);

/// The languages that lie beside a lesson's file, sorted; without English, which is the original's.
std::vector<std::string> languages_of(const Lesson& original);

/// The lesson with the words of its sibling; as it is where there is none. Throws LessonError for a broken sibling.
Lesson in_language(const Lesson& original, std::string_view language);

/// What its sibling lacks, and what was changed in the original since: a sentence each, with place and remedy. Throws
/// LessonError for a broken sibling.
std::vector<std::string> gaps_of(const Lesson& original, std::string_view language);

}  // namespace co::lessons
