#include <fmt/format.h>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;

std::string why_made(const GateState& gate, const std::string& name) {
    switch (gate.kind) {
        case GateKind::mutex:
            return fmt::format("one coroutine at a time can hold {}", name);
        case GateKind::semaphore:
            return fmt::format("{} has {}", name, gate.places == 0 ? "no place yet" : counted(gate.places, "place"));
        case GateKind::barrier:
            return fmt::format("{} opens when {} have arrived", name, counted(gate.places, "coroutine"));
    }
    return name;
}

/// What keeps a coroutine from passing.
std::string obstacle(const GateState& gate, const std::string& name) {
    switch (gate.kind) {
        case GateKind::mutex:
            return fmt::format("{} holds {}", gate.owner == trace::nobody ? "somebody" : chip_text(gate.owner), name);
        case GateKind::semaphore:
            return fmt::format("no place of {} is free", name);
        case GateKind::barrier:
            return fmt::format("{} more {} to arrive at {}", gate.missing(), gate.missing() == 1 ? "has" : "have",
                               name);
    }
    return name;
}

std::string why_passed(const Moment& moment, const GateState& gate, const std::string& name) {
    const std::string_view refusal = moment.trace.text(moment.event);
    if (!refusal.empty()) return fmt::format("{}, and {} does not wait", obstacle(gate, name), doer(moment));
    switch (gate.kind) {
        case GateKind::mutex:
            return fmt::format("nobody holds {}, so {} does now", name, doer(moment));
        case GateKind::semaphore:
            return fmt::format(
                "{} takes a place; {} left", doer(moment),
                gate.free == 0 ? "none is" : fmt::format("{} {}", gate.free, gate.free == 1 ? "is" : "are"));
        case GateKind::barrier:
            return fmt::format("{} is the last to arrive, so {} opens", doer(moment), name);
    }
    return name;
}

std::string why_opened(const Moment& moment, const GateState& gate, const std::string& name) {
    const bool anybody = moment.event.other != trace::nobody;
    const std::string next = chip_text(moment.event.other);
    switch (gate.kind) {
        case GateKind::mutex:
            return anybody ? fmt::format("{} waits in lock(), so it holds {} now and is ready", next, name)
                           : fmt::format("nobody waits, so {} is free", name);
        case GateKind::semaphore:
            return anybody ? fmt::format("{} waits in acquire(), so it gets the place and is ready", next)
                           : fmt::format("nobody waits, so {} has {} free", name, counted(gate.free, "place"));
        case GateKind::barrier:
            return fmt::format("all have arrived at {}, so {} is ready", name, next);
    }
    return name;
}

}  // namespace

std::string gate_call(const Moment& moment) {
    const GateState* gate = moment.after.gate(moment.event.object);
    const GateKind kind = gate ? gate->kind : GateKind::mutex;
    switch (moment.event.kind) {
        case EventKind::gate:
            return kind == GateKind::mutex ? "Mutex()" : fmt::format("{}({})", maker_of(kind), moment.event.value);
        case EventKind::gate_open:
            return kind == GateKind::barrier ? "opens" : fmt::format("{}()", opening_call(kind));
        default:
            return fmt::format("{}()", passing_call(kind));
    }
}

std::string why_gate(const Moment& moment) {
    const GateState* known = moment.after.gate(moment.event.object);
    const GateState gate = known ? *known : GateState{};
    const std::string name = gate_name(moment.trace, moment.after, moment.event.object);
    switch (moment.event.kind) {
        case EventKind::gate:
            return why_made(gate, name);
        case EventKind::gate_pass:
            return why_passed(moment, gate, name);
        case EventKind::gate_open:
            return why_opened(moment, gate, name);
        default:
            return fmt::format("{}, so {} waits{}", obstacle(gate, name), doer(moment), or_by_timeout(moment));
    }
}

}  // namespace co::studio
