// Frame: one picture of the terminal player, as text of exactly the terminal's size.
//
//     std::cout << frame(model, lesson, {.step = 20}, {.columns = 80, .rows = 24}, Colours::plain);
//
// From top to bottom: title; lanes, a row a coroutine and a column (or several) a step; code with a chip at each
// coroutine's line, beside it channels, timers, ready queue and output; what happens now, in words; the keys.
// Every state has a character, a glyph and a word of its own, so that colour only helps.
#pragma once

#include <string>
#include <string_view>

#include "visualizer/layout/lesson_text.h"
#include "visualizer/model/model.h"
#include "visualizer/terminal/terminal.h"

namespace co::studio {

struct PlayerView;

std::string frame(const Model& model, const LessonText& lesson, const PlayerView& view, TerminalSize size,
                  Colours colours);

/// "▶", "⋯", "⇄", …: stands before a coroutine's name.
std::string_view mark_of(Activity activity);
/// "█", "░", "║", …: one column of a lane.
std::string_view bar_of(Activity activity);
/// "running", "timer", "handed off": in at most ten letters.
std::string_view word_of(Activity activity);

}  // namespace co::studio
