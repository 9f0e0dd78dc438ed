#include "visualizer/export/text.h"

#include <fmt/format.h>

namespace co::studio {

std::string event_text(const EventLine& line) {
    return fmt::format("{:>5}  {:>9}  {:<5}  {:<16}  {}", line.step, seconds_text(line.time), line.who, line.verb,
                       line.what);
}

std::string events_text(const Model& model) {
    std::string text;
    State state;
    while (state.step < model.steps()) {
        text += event_text(model.next_line(state));
        text += '\n';
    }
    return text;
}

}  // namespace co::studio
