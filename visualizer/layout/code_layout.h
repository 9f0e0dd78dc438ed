// The code panel: the program's lines, a chip for each coroutine at the line where it is, the row of this moment.
//
//     Scene scene = lay_out_code({model, state, view, screen.code.size(), measure}, code);
//
// While the program is edited it shows the text as it is typed; chips and problems belong to what ran, and are absent
// where that is another text. Coroutines that ended have no chip. A problem that points at a line marks it and says
// what is wrong.
#pragma once

#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/panel.h"

namespace co::studio {

Scene lay_out_code(const PanelInput& input, const CodeText& code);

/// The byte of the edited program that lies under `point`, when the panel is scrolled by `scroll`.
std::size_t text_offset_at(const PanelInput& input, const CodeText& code, Point point, float scroll);

/// The line of the program that is now, from 1; 0: none, the event loop is at work.
std::uint32_t current_line(const PanelInput& input);

}  // namespace co::studio
