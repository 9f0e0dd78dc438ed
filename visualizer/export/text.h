// Text: a run as plain lines, for a terminal, a file, or grep.
//
//     std::cout << co::studio::events_text(model);
//        20    0.120 s  co#2   push            push("milk"): no consumer waits, so it takes seat 1
#pragma once

#include <string>

#include "visualizer/model/model.h"

namespace co::studio {

/// One line: "step  time  who  verb  sentence", without its newline.
std::string event_text(const EventLine& line);

/// Every step, one a line.
std::string events_text(const Model& model);

}  // namespace co::studio
