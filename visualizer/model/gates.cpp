#include "visualizer/model/gates.h"

#include <algorithm>

#include <fmt/format.h>

#include "visualizer/model/words.h"

namespace co::studio {

using trace::EventKind;

void GateState::apply(const trace::Event& event) {
    const bool was_refused = event.text != 0;
    switch (event.kind) {
        case EventKind::gate:
            name = event.text;
            kind = static_cast<GateKind>(std::min<std::uint32_t>(event.other, 2));
            places = free = event.value;
            return;
        case EventKind::gate_pass:
            if (was_refused) return;
            free = event.value;
            if (kind == GateKind::mutex) owner = event.coroutine;
            return;
        case EventKind::gate_open:
            free = event.value;
            if (kind == GateKind::mutex) owner = event.other;
            return;
        default:
            return;
    }
}

std::string_view noun_of(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "mutex";
        case GateKind::semaphore:
            return "semaphore";
        case GateKind::barrier:
            return "barrier";
    }
    return "gate";
}

std::string_view maker_of(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "Mutex";
        case GateKind::semaphore:
            return "Semaphore";
        case GateKind::barrier:
            return "Barrier";
    }
    return "gate";
}

std::string_view passing_call(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "lock";
        case GateKind::semaphore:
            return "acquire";
        case GateKind::barrier:
            return "wait";
    }
    return "wait";
}

std::string_view opening_call(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "unlock";
        case GateKind::semaphore:
            return "release";
        case GateKind::barrier:
            break;
    }
    return "opens";
}

std::string gate_remark(const GateState& gate) {
    switch (gate.kind) {
        case GateKind::mutex:
            return gate.owner == trace::nobody ? "mutex, nobody holds it"
                                               : fmt::format("mutex, {} holds it", chip_text(gate.owner));
        case GateKind::semaphore:
            return fmt::format("semaphore, {} free", counted(gate.free, "place"));
        case GateKind::barrier:
            return fmt::format("barrier for {}, {} to arrive", gate.places, gate.missing());
    }
    return "";
}

}  // namespace co::studio
