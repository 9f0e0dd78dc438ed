#include "visualizer/model/shared.h"

#include <algorithm>

#include <fmt/format.h>

#include "visualizer/model/queues.h"
#include "visualizer/model/words.h"

namespace co::studio {

using trace::Event;
using trace::EventKind;

void SharedState::apply(const Event& event, std::uint32_t step) {
    touched_step = step;
    switch (event.kind) {
        case EventKind::shared:
            name = event.text;
            kind = static_cast<SharedKind>(std::min<std::uint32_t>(event.other, 3));
            (kind == SharedKind::table ? room : value) = event.value;
            return;
        case EventKind::shared_pass:
            if (kind == SharedKind::lock && event.value == 1) {
                owner = event.coroutine;
                owner_line = event.line;
            }
            break;
        case EventKind::shared_open:
            owner = trace::nobody;
            break;
        default:
            break;
    }
    const bool counts = kind != SharedKind::lock && event.kind != EventKind::shared_wait &&
                        (kind != SharedKind::table || event.kind != EventKind::shared_read);
    if (counts) value = event.value;
    touches.push_back({.kind = event.kind,
                       .coroutine = event.coroutine,
                       .text = event.text,
                       .step = step,
                       .line = event.line,
                       .value = event.value});
    if (touches.size() > most_touches) touches.pop_front();
}

std::string_view maker_of(SharedKind kind) {
    switch (kind) {
        case SharedKind::table:
            return "Table";
        case SharedKind::number:
            return "Atomic";
        case SharedKind::long_number:
            return "AtomicLong";
        case SharedKind::lock:
            break;
    }
    return "Lock";
}

SharedCall split_call(std::string_view text) {
    bool in_quotes = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (in_quotes && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            in_quotes = !in_quotes;
        else if (text[at] == ')' && !in_quotes)
            return {text.substr(0, at + 1), text.substr(std::min(at + 2, text.size()))};
    }
    return {text, {}};
}

std::string chip_and_process(const State& state, std::uint32_t coroutine) {
    const std::string chip = chip_text(coroutine);
    const std::string_view process = state.process_title(process_of(coroutine));
    return process.empty() ? chip : fmt::format("{} of {}", chip, process);
}

std::string shared_remark(const State& state, const SharedState& shared) {
    const std::string_view maker = maker_of(shared.kind);
    if (shared.kind == SharedKind::table)
        return fmt::format("{}, {} of {}", maker, shared.value, counted(shared.room, "row"));
    if (shared.kind != SharedKind::lock) return fmt::format("{}, {}", maker, shared.value);
    if (shared.owner == trace::nobody) return fmt::format("{}, nobody holds it", maker);
    return fmt::format("{}, {} holds it", maker, chip_and_process(state, shared.owner));
}

// -- of the State
// ------------------------------------------------------------------------------------------------------

SharedState& State::known_or_new_shared(std::uint32_t id) {
    if (SharedState* known = find_by_id(shared, id)) return *known;
    return shared.emplace_back(SharedState{.id = id});
}

const SharedState* State::shared_one(std::uint32_t id) const { return find_by_id(shared, id); }

void State::apply_to_shared(const Event& event) {
    SharedState& one = known_or_new_shared(event.object);
    one.apply(event, step);
    if (event.kind != EventKind::shared_wait) return;
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    one.waiters.push_back(event.coroutine);
    park(*coroutine, Activity::waiting_channel,
         {.kind = one.kind == SharedKind::lock ? WaitKind::shared_lock : WaitKind::shared_number,
          .object = event.object,
          .deadline = event.value});
}

}  // namespace co::studio
