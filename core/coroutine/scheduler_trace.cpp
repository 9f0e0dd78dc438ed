// Probes: what the scheduler tells a trace, and the words of its reports.
#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;

std::int64_t event_time(TimePoint moment) {
    return moment == TimePoint::max() ? trace::forever_ns : moment.time_since_epoch().count();
}

void Scheduler::record_for_running(EventKind kind, const Probe& probe) { impl_->record_for(kind, running_, probe); }

void Scheduler::Impl::record_go(const Coroutine& child) {
    record_for(EventKind::go, scheduler.running_, {.object = child.id, .text = child.display_name()});
}

void Scheduler::reached(std::uint16_t source, std::uint32_t line) {
    Coroutine& self = *running();
    if (self.line == line && self.source == source) return;
    self.source = source;
    self.line = line;
    record(EventKind::line, {});
}

void Scheduler::Impl::record_for(EventKind kind, const Coroutine* who, const Probe& probe) {
    trace::Sink* sink = scheduler.sink_;
    trace::Event event;
    event.kind = kind;
    event.time = event_time(scheduler.now());
    event.process = scheduler.kernel().trace_number();
    event.object = probe.object;
    event.other = probe.other;
    event.value = probe.value;
    if (!probe.text.empty()) event.text = sink->text(probe.text);
    if (who) {
        event.coroutine = who->id;
        event.line = who->line;
        event.source = who->source;
    }
    sink->record(event);
}

std::string Coroutine::display_name() const {
    if (!called.empty()) return std::string(called);
    if (!name.empty()) return name;
    std::string place = to_string(started_at);
    return place.substr(place.find_last_of('/') + 1);
}

std::string describe(const WaitPlace& place) {
    const std::string remark = place.remark ? place.remark(place.about) : "";
    const bool is_shared = place.kind == WaitKind::shared_lock || place.kind == WaitKind::shared_number;
    const std::uint32_t number = is_shared ? place.object % (1u << 20) : place.object;  // Scheduler::next_shared_id()
    std::string on = place.name.empty() ? " #" + std::to_string(number) : ' ' + std::string(place.name);
    switch (place.kind) {
        case WaitKind::none:
            return "its turn";
        case WaitKind::sleep:
            return "sleep()";
        case WaitKind::pop:
            return "pop() on" + on;
        case WaitKind::push:
            return "push() on" + on;
        case WaitKind::group:
            return "wait() on" + on;
        case WaitKind::select:
            return "select()";
        case WaitKind::join:
            return "join()";
        case WaitKind::lock:
            return "lock() on" + on;
        case WaitKind::acquire:
            return "acquire() on" + on;
        case WaitKind::barrier:
            return "wait() on barrier" + on;
        case WaitKind::read:
            return "read() on descriptor" + on;
        case WaitKind::write:
            return "write() on descriptor" + on;
        case WaitKind::task:
            return "task_wait() for task" + on;
        case WaitKind::aside:
            return std::string(place.name);
        case WaitKind::resume:
            return "a resume(), in yield()";
        case WaitKind::shared_lock:
            return "lock() on Lock" + on + remark;
        case WaitKind::shared_number:
            return "wait() on Atomic" + on;
    }
    return {};
}

namespace {

std::string place(const SourcePlace& where) { return where.is_known() ? ", started at " + to_string(where) : ""; }

std::string title(CoroutineId id, const std::string& name) {
    return id == 0 ? name : "co#" + std::to_string(id) + ' ' + name;
}

}  // namespace

std::string RunReport::text() const {
    std::string text;
    for (const Failure& failure : failures)
        text += title(failure.coroutine, failure.name) + " failed: " + failure.what + place(failure.started_at) + '\n';
    if (end == RunEnd::deadlock) {
        text += "deadlock: every coroutine waits and nothing can wake any of them\n";
        for (const Survivor& survivor : survivors)
            text += "  " + title(survivor.coroutine, survivor.name) + " waits in " + survivor.waits_for +
                    place(survivor.started_at) + '\n';
    }
    if (end == RunEnd::stopped) text += "stopped: " + why_stopped + '\n';
    return text;
}

}  // namespace co
