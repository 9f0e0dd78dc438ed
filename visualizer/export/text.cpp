#include "visualizer/export/text.h"

#include <fmt/format.h>

namespace co::studio {

std::string event_text(const EventLine& line) {
    const std::string who =
        line.process.empty() ? fmt::format("{:<5}", line.who) : fmt::format("{:<14} {:<5}", line.process, line.who);
    return fmt::format("{:>5}  {:>9}  {}  {:<16}  {}", line.step, seconds_text(line.time), who, line.verb, line.what);
}

std::string events_text(const Model& model) {
    std::string text;
    State state = model.at(0);
    while (state.step < model.steps()) {
        text += event_text(model.next_line(state));
        text += '\n';
    }
    return text;
}

}  // namespace co::studio
