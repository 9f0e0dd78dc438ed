// What coroutines do to each other besides go and resume: cancel, join; and what is known of one: locals, backtrace.
#include <algorithm>
#include <deque>
#include <string>

#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;

std::string_view name(CancelStatus status) {
    switch (status) {
        case CancelStatus::ok:
            return "ok";
        case CancelStatus::unknown:
            return "unknown";
        case CancelStatus::self:
            return "self";
        case CancelStatus::not_waiting:
            return "not waiting";
    }
    return "unknown";
}

std::string_view name(JoinStatus status) {
    switch (status) {
        case JoinStatus::ok:
            return "ok";
        case JoinStatus::timeout:
            return "timeout";
        case JoinStatus::cancelled:
            return "cancelled";
        case JoinStatus::unknown:
            return "unknown";
        case JoinStatus::self:
            return "self";
        case JoinStatus::empty:
            return "empty";
        case JoinStatus::joined_already:
            return "joined already";
    }
    return "unknown";
}

CancelStatus Scheduler::cancel(CoroutineId id) {
    Coroutine* self = running();
    Coroutine* target = impl_->coroutines.find(id);
    CancelStatus status = !target                                     ? CancelStatus::unknown
                          : target == self                            ? CancelStatus::self
                          : target->status != CoroutineStatus::parked ? CancelStatus::not_waiting
                                                                      : CancelStatus::ok;
    bool is_ok = status == CancelStatus::ok;
    record(EventKind::cancel, {.object = id, .text = is_ok ? std::string_view() : name(status)});
    if (is_ok) wake(*target, WaitStatus::cancelled);
    return status;
}

namespace {

/// "co#1, co#2"
std::string listed(std::span<const CoroutineId> ids) {
    std::string text;
    for (CoroutineId id : ids) text += (text.empty() ? "co#" : ", co#") + std::to_string(id);
    return text;
}

}  // namespace

JoinStatus Scheduler::join(std::span<const CoroutineId> ids, Deadline deadline) {
    Coroutine& self = *running();
    auto pass = [&](JoinStatus status) {
        record(EventKind::join_pass, {.text = status == JoinStatus::ok ? std::string_view() : name(status)});
        return status;
    };
    if (ids.empty()) return pass(JoinStatus::empty);
    std::vector<Coroutine*> alive;
    for (CoroutineId id : ids) {
        if (id == self.id) return pass(JoinStatus::self);
        if (id >= impl_->next_coroutine) return pass(JoinStatus::unknown);
        Coroutine* target = impl_->coroutines.find(id);
        if (!target || std::ranges::find(alive, target) != alive.end()) continue;
        if (!target->joiners.is_empty()) return pass(JoinStatus::joined_already);
        alive.push_back(target);
    }
    if (alive.empty()) return pass(JoinStatus::ok);
    std::optional<TimePoint> expiry = wait_until(deadline);
    if (!expiry) return pass(JoinStatus::timeout);
    std::size_t left = alive.size();
    std::deque<JoinNode> nodes;
    for (Coroutine* target : alive) {
        JoinNode& node = nodes.emplace_back(&self, left);
        if (nodes.size() > 1) node.sibling = &nodes[nodes.size() - 2];
        target->joiners.push_back(node);
    }
    if (traces()) record(EventKind::join_wait, {.value = event_time(*expiry), .text = listed(ids)});
    switch (park({.kind = WaitKind::join}, *expiry, &nodes.back())) {
        case WaitStatus::ok:
            return JoinStatus::ok;
        case WaitStatus::timeout:
            return JoinStatus::timeout;
        case WaitStatus::cancelled:
            break;
    }
    return JoinStatus::cancelled;
}

void Scheduler::Impl::tell_joiner(Coroutine& coroutine) {
    auto* node = static_cast<JoinNode*>(coroutine.joiners.front());
    node->unlink();
    if (--node->left == 0) scheduler.wake(*node->coroutine, WaitStatus::ok);
}

void* Scheduler::local(const void* key, void* (*make)(), void (*destroy)(void*)) {
    Coroutine& self = *running();
    auto found = std::ranges::find(self.locals, key, &LocalValue::key);
    if (found != self.locals.end()) return found->value;
    self.locals.push_back({key, make(), destroy});
    return self.locals.back().value;
}

void Scheduler::Impl::drop_locals(Coroutine& coroutine) {
    while (!coroutine.locals.empty()) {
        LocalValue local = coroutine.locals.back();
        coroutine.locals.pop_back();
        local.destroy(local.value);
    }
}

std::vector<std::string> Scheduler::backtrace(CoroutineId id) const {
    std::vector<std::string> lines;
    for (const Coroutine* coroutine = impl_->coroutines.find(id); coroutine;) {
        std::string line = "co#" + std::to_string(coroutine->id) + ' ' + coroutine->display_name();
        if (coroutine->id == 0) line = coroutine->display_name();
        if (coroutine->status == CoroutineStatus::parked) line += " waits in " + describe(coroutine->waits_at);
        if (coroutine->line) line += ", line " + std::to_string(coroutine->line);
        if (coroutine->started_at.is_known()) line += ", started at " + to_string(coroutine->started_at);
        lines.push_back(std::move(line));
        coroutine = coroutine->parent ? impl_->coroutines.find(*coroutine->parent) : nullptr;
    }
    return lines;
}

}  // namespace co
