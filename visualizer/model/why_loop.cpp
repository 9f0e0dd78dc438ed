#include <fmt/format.h>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;
using trace::LoopPhase;

std::string called_by(LoopPhase phase) {
    if (phase == LoopPhase::deferred) return "event.defer";
    return phase == LoopPhase::cycle ? "event.cycle" : std::string(trace::name(phase));
}

std::string why_called(const Moment& moment) {
    const std::string ready = fmt::format("so {} is ready to run its function", chip_text(moment.event.coroutine));
    switch (static_cast<LoopPhase>(moment.event.value)) {
        case LoopPhase::deferred:
            return fmt::format("a new turn of the event loop begins, {}", ready);
        case LoopPhase::cycle:
            return fmt::format("the turn of the event loop is over, {}", ready);
        case LoopPhase::signal:
            return fmt::format("a signal came, {}", ready);
        case LoopPhase::remote:
            break;
    }
    return fmt::format("another thread asked for it, {}", ready);
}

std::string why_blocked(const Moment& moment) {
    std::vector<std::string> ready;
    for (const std::uint32_t id : moment.after.ready_in(moment.after.process)) ready.push_back(chip_text(id));
    const std::string others =
        ready.empty() ? "nobody else can run meanwhile"
                      : fmt::format("{} {} to wait for it", few_of(ready), ready.size() == 1 ? "has" : "have");
    return fmt::format("{} keeps the whole thread for {}; {}", chip_text(moment.event.coroutine),
                       duration_text(moment.event.value), others);
}

}  // namespace

std::string loop_call(const Moment& moment) {
    const std::string_view text = moment.trace.text(moment.event);
    switch (moment.event.kind) {
        case EventKind::later:
            return "event.defer(function)";
        case EventKind::block:
            return fmt::format("blocking.{}({})", text.empty() ? "sleep" : text, seconds_number(moment.event.value));
        case EventKind::loop_wait:
        case EventKind::loop_woke:
            return std::string(trace::name(moment.event.kind));
        default:
            return called_by(static_cast<LoopPhase>(moment.event.value));
    }
}

std::string why_loop(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::later:
            return "the function runs in the next turn of the event loop";
        case EventKind::block:
            return why_blocked(moment);
        case EventKind::loop_wait:
            return fmt::format("nobody is ready, so the loop waits for {}{}", counted(moment.event.other, "descriptor"),
                               or_by_timeout(moment));
        case EventKind::loop_woke:
            return fmt::format("{} ready", counted(moment.event.value, "descriptor"));
        default:
            return why_called(moment);
    }
}

}  // namespace co::studio
