// Player: a recorded run played in a text terminal: lanes, code, state, output, and what happens now, in words.
//
//     if (auto tty = co::cli::Tty::open()) return co::studio::play(model, lesson, *tty);
//     std::cout << co::studio::plain(model);      // standard output is no terminal
//
// The code comes from the trace's own source; of the lesson only its number and title are shown.
#pragma once

#include <cstdint>
#include <string>

#include "visualizer/layout/lesson_text.h"
#include "visualizer/model/model.h"
#include "visualizer/terminal/terminal.h"

namespace co::studio {

/// What the person chose to look at in the terminal.
struct PlayerView {
    std::uint32_t step = 0;
    bool is_playing = false;
    double speed = 1;  // 1: 400 ms a step
    bool shows_help = false;
    std::uint32_t selected = trace::nobody;  // a lane; nobody: whoever runs is followed
};

/// What `key` makes of the view; a quit is the loop's affair.
PlayerView after_key(const Model& model, PlayerView view, Key key);
/// One step on, when it plays; at the end it stops.
PlayerView after_tick(const Model& model, PlayerView view);
/// How long a step stays on screen.
std::chrono::milliseconds time_per_step(const PlayerView& view);

/// Plays until somebody quits. Returns the program's exit code, 0.
int play(const Model& model, const LessonText& lesson, Terminal& terminal);

/// The whole run for a pipe or a file: every step as a line, the program's output between them after "| ", the problems
/// at the end.
std::string plain(const Model& model);

}  // namespace co::studio
