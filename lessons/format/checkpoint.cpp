#include "lessons/format/checkpoint.h"

#include <fmt/format.h>

#include "lessons/format/condition.h"
#include "lessons/format/text_lines.h"

namespace co::lessons {

Checkpoint parse_checkpoint(const Fence& fence, std::string at, const Place& place) {
    try {
        parse_condition(at);
    } catch (const ConditionError& error) {
        place.fail(fmt::format("`at=\"{}\"` names no moment of a run", at), error.what());
    }
    Checkpoint checkpoint{std::move(at), "", "", fence.first_line};
    for (const std::string_view line : lines_of(fence.text)) {
        std::string& target = checkpoint.title.empty() ? checkpoint.title : checkpoint.prose;
        if (!target.empty()) target += ' ';
        target += trim(line);
    }
    return checkpoint;
}

}  // namespace co::lessons
