// LessonText: a lesson as the layout needs it: prose, question, checkpoints with the steps where they stand in this
// run.
//
//     LessonText lesson{.number = 12, .count = 37, .chapter = "Quick start", .title = "go + chan + defer"};
//     lesson.blocks.push_back({BlockKind::paragraph, {{RunStyle::code, "push()"}, {RunStyle::plain, " never
//     switches."}}});
//
// The app fills it from the lesson file, so that the layout knows no file format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "visualizer/model/text_buffer.h"

namespace co::studio {

enum class RunStyle : std::uint8_t { plain, strong, emphasis, code, value };
/// A piece of text in one style.
struct Run {
    RunStyle style = RunStyle::plain;
    std::string text = {};
    friend bool operator==(const Run&, const Run&) = default;
};

enum class BlockKind : std::uint8_t { paragraph, heading, bullet, code };
struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::vector<Run> runs = {};
};

struct ChoiceText {
    std::string text = {};
    bool right = false;
    std::string why = {};
};

struct CheckpointText {
    std::string title = {};
    std::string prose = {};
    std::optional<std::uint32_t> step = {};  // nothing: this run never gets there
};

/// An exercise: edit the program until its goal is met.
struct TaskText {
    std::string title = {};
    std::string prose = {};
    std::string goal = {};
    std::vector<std::string> hints = {};
    std::string solution = {};
    bool met = false;
    std::string missing = {};  // the part of the goal that is not true yet
};

/// A challenge: choose who runs next until the invariant is broken.
struct ChallengeText {
    std::string title = {};
    std::string prose = {};
    std::string invariant = {};
    bool holds = true;
};

struct LessonText {
    std::uint32_t number = 0;  // 0: not a lesson of the course
    std::uint32_t count = 0;   // lessons of the course; 0: not all of them are there
    bool has_previous = false, has_next = false;
    std::string chapter = {};
    std::string title = {};
    std::string language = "en";              // of the words
    std::vector<std::string> languages = {};  // that it can be read in; one or none: there is nothing to choose
    std::vector<Block> blocks = {};
    std::string question = {};  // empty: none is asked
    std::vector<ChoiceText> choices = {};
    std::vector<CheckpointText> checkpoints = {};
    std::vector<TaskText> tasks = {};
    std::optional<ChallengeText> challenge = {};
};

/// The program's text and its C++ twin, and where the program stands in its file.
struct CodeText {
    std::string file = {};         // as problems name it: "lessons/scripts/12-channels.md"
    std::uint32_t first_line = 1;  // of the program in that file
    std::string name = {};         // as the tab names it: "main.lua"
    std::string program = {};
    std::string twin = {};            // empty: there is none
    std::string solution = {};        // of an exercise that is solved; empty: none to be shown
    bool edited = false;              // it is the person's own version
    std::optional<Caret> caret = {};  // it is being edited
};

}  // namespace co::studio
