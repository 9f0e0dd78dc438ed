#include <co/select.h>

#include <string>
#include <vector>

namespace co {

using trace::EventKind;

namespace {

constexpr std::size_t none = SIZE_MAX;

/// One of the cases that can go on, chosen by the kernel.
std::size_t choose_ready(std::span<SelectCase* const> cases, Scheduler& scheduler) {
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (cases[i]->can_go_on()) ready.push_back(i);
    return ready.empty() ? none : ready[scheduler.kernel().choose(ready.size())];
}

/// Stands in all queues at once; whatever ends the wait takes the coroutine out of all of them.
WaitStatus wait_at_all(std::span<SelectCase* const> cases, TimePoint expiry, Scheduler& scheduler) {
    Coroutine* self = scheduler.running();
    WaitNode* chain = nullptr;
    for (SelectCase* one : cases) {
        WaitNode& node = one->enqueue(self);
        node.sibling = chain;
        chain = &node;
    }
    if (scheduler.traces()) {
        scheduler.record(EventKind::select_wait, {.value = event_time(expiry)});
        for (SelectCase* one : cases) {
            std::string text;
            Scheduler::Probe probe = one->probe(text);
            scheduler.record(EventKind::select_case, probe);
        }
    }
    return scheduler.park({.kind = WaitKind::select}, expiry, chain);
}

}  // namespace

std::size_t select_among(std::span<SelectCase* const> cases, Deadline deadline) {
    Scheduler& scheduler = Scheduler::current();
    if (std::size_t ready = choose_ready(cases, scheduler); ready != none) {
        cases[ready]->go_on_now();
        cases[ready]->finish();
        return ready;
    }
    std::optional<TimePoint> expiry = scheduler.wait_until(deadline);
    if (!expiry) {
        scheduler.record(EventKind::select_pass, {.text = name(ChannelStatus::timeout)});
        return cases.size();
    }
    switch (wait_at_all(cases, *expiry, scheduler)) {
        case WaitStatus::timeout:
            return cases.size();
        case WaitStatus::cancelled:
            return select_cancelled;
        case WaitStatus::ok:
            break;
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!cases[i]->was_served()) continue;
        cases[i]->finish();
        return i;
    }
    return select_cancelled;  // not reached: whoever wakes a select serves one of its cases
}

}  // namespace co
