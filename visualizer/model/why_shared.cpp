#include <fmt/format.h>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;

std::string why_shared_made(const SharedState& one, const std::string& name) {
    if (one.kind == SharedKind::table)
        return fmt::format("{} has memory for {}, which all processes share", name, counted(one.room, "row"));
    if (one.kind == SharedKind::lock)
        return fmt::format("of all processes’ coroutines one at a time can hold {}", name);
    return fmt::format("{} is {}, one number for all processes", name, one.value);
}

std::string why_shared_read(const Moment& moment, const SharedState& one, const std::string& name) {
    if (one.kind != SharedKind::table) return fmt::format("{} is {}", name, one.value);
    const std::string_view outcome = split_call(moment.trace.text(moment.event)).outcome;
    if (outcome.empty()) return fmt::format("{} has {}", name, counted(moment.event.value, "row"));
    if (outcome == "unknown" || outcome == "no") return fmt::format("{} has no such row", name);
    if (outcome == "yes") return fmt::format("{} has that row", name);
    return fmt::format("{}, as {} has it now", outcome, name);
}

std::string why_shared_written(const Moment& moment, const SharedState& one, const std::string& name) {
    if (one.kind != SharedKind::table) return fmt::format("{} is {} now, for all processes", name, one.value);
    const std::string_view outcome = split_call(moment.trace.text(moment.event)).outcome;
    if (outcome.empty()) return fmt::format("{} has {} now", name, counted(one.value, "row"));
    return fmt::format("{} in {} now, for all processes", outcome, name);
}

std::string why_shared_refused(const Moment& moment, const SharedState& one, const std::string& name) {
    if (one.kind != SharedKind::table) return fmt::format("{} is {}, so it stays", name, one.value);
    const std::string_view outcome = split_call(moment.trace.text(moment.event)).outcome;
    if (outcome == "full") return fmt::format("{} is full, with {}", name, counted(one.room, "row"));
    return fmt::format("{} has no such row", name);
}

/// Why a coroutine cannot go on.
std::string shared_obstacle(const Moment& moment, const SharedState& one, const std::string& name) {
    if (one.kind != SharedKind::lock) return fmt::format("{} is not 1", name);
    if (one.owner == trace::nobody) return fmt::format("somebody holds {}", name);
    const std::string where = one.owner_line == 0 ? "" : fmt::format(", since line {}", one.owner_line);
    return fmt::format("{} holds {}{}", chip_and_process(moment.after, one.owner), name, where);
}

std::string why_shared_passed(const Moment& moment, const SharedState& one, const std::string& name) {
    const std::string who = chip_text(moment.event.coroutine);
    const std::string_view text = moment.trace.text(moment.event);
    if (text == "recovered")
        return fmt::format("the holder of {} is dead, so {} holds it now; what it guards may be half done", name, who);
    if (text == "timeout") return fmt::format("{}, and {} waits no longer", shared_obstacle(moment, one, name), who);
    if (!text.empty()) return "the wait was cancelled";
    if (one.kind == SharedKind::lock) return fmt::format("nobody holds {}, so {} does now", name, who);
    return fmt::format("{} need not wait at {} any more", who, name);
}

std::string why_shared_opened(const Moment& moment, const SharedState& one, const std::string& name) {
    const std::uint32_t woken = moment.event.other == trace::nobody ? 0 : moment.event.other;
    if (one.kind == SharedKind::lock)
        return fmt::format("{} is free; {}", name, woken == 0 ? "nobody waits" : "one that waits is told");
    return fmt::format("{} is {}; {} that {} may go on", name, one.value, woken == 0 ? "nobody" : std::to_string(woken),
                       woken > 1 ? "wait" : "waits");
}

}  // namespace

std::string shared_call(const Moment& moment) {
    const SharedState* known = moment.after.shared_one(moment.event.object);
    const SharedKind kind = known ? known->kind : SharedKind::table;
    const bool is_lock = kind == SharedKind::lock;
    switch (moment.event.kind) {
        case EventKind::shared:
            return is_lock ? "Lock()" : fmt::format("{}({})", maker_of(kind), moment.event.value);
        case EventKind::shared_wait:
        case EventKind::shared_pass:
            return is_lock ? "lock()" : "wait()";
        case EventKind::shared_open:
            return is_lock ? "unlock()" : "wake()";
        default:
            return std::string(split_call(moment.trace.text(moment.event)).call);
    }
}

std::string why_shared(const Moment& moment) {
    const SharedState* known = moment.after.shared_one(moment.event.object);
    const SharedState one = known ? *known : SharedState{};
    const std::string name = shared_name(moment.trace, moment.after, moment.event.object);
    switch (moment.event.kind) {
        case EventKind::shared:
            return why_shared_made(one, name);
        case EventKind::shared_read:
            return why_shared_read(moment, one, name);
        case EventKind::shared_write:
            return why_shared_written(moment, one, name);
        case EventKind::shared_refused:
            return why_shared_refused(moment, one, name);
        case EventKind::shared_pass:
            return why_shared_passed(moment, one, name);
        case EventKind::shared_open:
            return why_shared_opened(moment, one, name);
        default:
            return fmt::format("{}, so {} waits{}", shared_obstacle(moment, one, name),
                               chip_text(moment.event.coroutine), or_by_timeout(moment));
    }
}

}  // namespace co::studio
