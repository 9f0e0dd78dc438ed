#include <fmt/format.h>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;

/// "1, 2, …": the ids as the script gave them.
std::string id_list(std::string_view text) {
    constexpr std::size_t most = 4;
    std::string ids;
    std::size_t count = 0;
    for (const std::string& chip : joined_chips(text)) {
        if (count++ > 0) ids += ", ";
        if (count > most) return ids + "…";
        ids += chip == "main" ? "0" : chip.substr(chip.find('#') + 1);
    }
    return ids;
}

std::vector<std::string> case_names(const Moment& moment) {
    std::vector<std::string> names;
    for (const trace::Event& detail : moment.details) {
        if (detail.kind != EventKind::select_case) continue;
        names.push_back(channel_name(moment.trace, moment.after, detail.object));
    }
    return names;
}

std::string why_select_waits(const Moment& moment) {
    const std::size_t cases = case_names(moment).size();
    const std::string all = cases == 1   ? "its only case can not go on yet, so {} waits"
                            : cases == 2 ? "neither can go on yet, so {} waits at both"
                                         : fmt::format("none can go on yet, so {{}} waits at all {}", cases);
    return fmt::format(fmt::runtime(all), doer(moment)) + or_by_timeout(moment);
}

std::string why_join_waits(const Moment& moment) {
    const auto chips = joined_chips(moment.trace.text(moment.event));
    const std::string who = chips.size() == 1 ? fmt::format("{} has not ended", few_of(chips))
                                              : fmt::format("not all of {} have ended", few_of(chips));
    return fmt::format("{}, so {} waits{}", who, doer(moment), or_by_timeout(moment));
}

std::string why_join_passes(const Moment& moment) {
    const std::string_view reason = moment.trace.text(moment.event);
    if (reason.empty()) return "they have ended already, so there is nothing to wait for";
    if (reason == "timeout") return fmt::format("they have not ended, and {} does not wait", doer(moment));
    if (reason == "unknown") return "one of these ids was never given to a coroutine";
    if (reason == "self") return fmt::format("{} cannot wait for its own end", doer(moment));
    if (reason == "empty") return "the list is empty, so there is nobody to wait for";
    if (reason == "joined already") return "somebody else waits for the end of one of them already";
    return std::string(reason);
}

std::string why_cancel(const Moment& moment) {
    const std::string target = chip_text(moment.event.object);
    const std::string_view reason = moment.trace.text(moment.event);
    if (reason == "unknown") return fmt::format("no coroutine {} is alive", own_number(moment.event.object));
    if (reason == "self") return fmt::format("{} runs, so it does not wait for anything", target);
    if (!reason.empty()) return fmt::format("{} does not wait, so there is nothing to end", target);
    const CoroutineState* state = moment.after.coroutine(moment.event.object);
    if (!state) return fmt::format("{} is ready", target);
    const std::string call = wait_call(moment.trace, state->last_wait, moment.event.time - state->last_wait_time);
    return fmt::format("the {} of {} ends at once, so {} is ready", call, target, target);
}

}  // namespace

std::string family_call(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::select_wait:
            return fmt::format("select({})", few_of(case_names(moment)));
        case EventKind::join_wait:
            return fmt::format("join({{{}}})", id_list(moment.trace.text(moment.event)));
        case EventKind::join_pass:
            return "join()";
        case EventKind::cancel:
            return fmt::format("cancel({})", own_number(moment.event.object));
        default:
            return "select()";
    }
}

std::string why_family(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::select_wait:
            return why_select_waits(moment);
        case EventKind::select_pass:
            return fmt::format("none can go on, and {} does not wait", doer(moment));
        case EventKind::join_wait:
            return why_join_waits(moment);
        case EventKind::join_pass:
            return why_join_passes(moment);
        default:
            return why_cancel(moment);
    }
}

}  // namespace co::studio
