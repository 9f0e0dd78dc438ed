// Lesson: one Markdown file: front matter, prose, and fences that carry the meaning (studio design, "A lesson file").
//
//     co::lessons::Lesson lesson = co::lessons::read_lesson("lessons/scripts/12-channels.md");
//     lesson.program.text                     // the `lua run` fence
//     lesson.program.first_line               // where it stands in the file
//
// Reading throws LessonError, which names file and line and says what to write instead.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "lessons/format/goal.h"
#include "lessons/format/schedule.h"

namespace co::lessons {

struct LessonError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A fence's text and the line of the file on which its first line stands (from 1).
struct Fence {
    std::string text;
    std::uint32_t first_line = 0;
};

/// Rendered prose: blocks of runs, so that any front end can lay them out.
enum class RunStyle : std::uint8_t { plain, strong, emphasis, code };
struct Run {
    RunStyle style = RunStyle::plain;
    std::string text;
    friend bool operator==(const Run&, const Run&) = default;
};
enum class BlockKind : std::uint8_t { paragraph, heading, bullet, code };
struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::vector<Run> runs;
};

/// ```predict```: a question asked before the first run, and why each wrong answer is wrong.
struct Choice {
    std::string text;
    bool right = false;
    std::string why;
};
struct Predict {
    std::string question;
    std::vector<Choice> choices;
};

/// ```checkpoint at="print got tea"```: a pause with a sentence, at a condition on state, so that it survives edits.
struct Checkpoint {
    std::string at;
    std::string title;  // first line of the fence
    std::string prose;  // the rest
    std::uint32_t line = 0;
};

/// ```try```: an exercise (lessons/format/exercise.h).
struct Try {
    Goal goal;
    std::string title;
    std::string prose;
    std::vector<std::string> hints;  // shown one by one
    std::optional<Fence> solution;   // a whole program that meets the goal
    std::uint32_t line = 0;
};

/// ```break```: a challenge: choose who runs next, so that the invariant does not hold.
struct Break {
    Goal invariant;
    std::string title;
    std::string prose;
    Schedule schedule;  // one that wins
    std::uint32_t line = 0;
};

struct Limits {
    std::uint64_t lines = 1'000'000;           // of script run without a wait
    std::uint32_t coroutines = 10'000;         // alive
    std::optional<std::int64_t> horizon = {};  // ns of simulated time after which the run is ended normally
};

struct Lesson {
    std::filesystem::path file;
    std::string id;  // stable: "channels"
    std::string title;
    std::string chapter;
    std::uint32_t order = 0;
    std::vector<std::string> needs;
    std::vector<std::string> panels;  // inspector tabs worth showing: "channels", "timers", …
    std::string clock = "steps";
    std::vector<std::uint64_t> seeds{0};  // each must give `expect`
    Limits limits;
    std::vector<Block> prose;
    Fence program;
    std::optional<Fence> world;  // who is on the other machines of the simulated network
    std::optional<Fence> expect;
    std::string expected_error;  // part of the one uncaught error that the run ends with; empty: there must be none
    std::optional<Fence> cpp;
    std::optional<Predict> predict;
    std::vector<Checkpoint> checkpoints;
    std::vector<Try> tries;
    std::optional<Break> challenge;
};

/// Parses `text` as the lesson `file`. Throws LessonError.
Lesson parse_lesson(const std::filesystem::path& file, const std::string& text);
/// Reads and parses a file; a translation (translation.h) as its lesson in that language. Throws LessonError; also
/// where the file can't be read.
Lesson read_lesson(const std::filesystem::path& file);
/// A plain script as a lesson without prose: title and id are the file's name.
Lesson lesson_of_script(const std::filesystem::path& file, std::string text);

/// Every lesson of a folder, by order, without translations. Throws LessonError for the first that is broken, or two
/// with one id.
std::vector<Lesson> read_lessons(const std::filesystem::path& folder);

}  // namespace co::lessons
