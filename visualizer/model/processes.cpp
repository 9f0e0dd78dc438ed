#include "visualizer/model/processes.h"

#include <algorithm>
#include <tuple>

#include <co/subject.h>
#include <fmt/format.h>

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;
using trace::nobody;
using trace::Subject;

bool object_is_coroutine(EventKind kind) {
    return kind == EventKind::go || kind == EventKind::resume || kind == EventKind::cancel ||
           kind == EventKind::ready || kind == EventKind::back;
}

bool object_is_own(EventKind kind) {
    const Subject subject = trace::subject_of(kind);
    return subject == Subject::channel || subject == Subject::group || subject == Subject::gate ||
           subject == Subject::timer || kind == EventKind::select_case;
}

bool other_is_coroutine(EventKind kind) {
    return kind == EventKind::push || kind == EventKind::pop || kind == EventKind::gate_open ||
           kind == EventKind::fd_ready || kind == EventKind::aside_done;
}

std::uint32_t join_number(std::uint32_t process, std::uint32_t own) {
    return own >= numbers_a_process || process >= most_processes ? nobody : joined_number(process, own);
}

void join_event(Event& event, std::uint32_t process) {
    event.coroutine = join_number(process, event.coroutine);
    if (object_is_coroutine(event.kind) || object_is_own(event.kind)) event.object = join_number(process, event.object);
    if (other_is_coroutine(event.kind)) event.other = join_number(process, event.other);
}

/// As a server numbers its parts: master, manager, reactor, worker, task worker.
Part part_of(std::uint32_t role) {
    const std::uint32_t kind = role >> 16;
    return kind > 4 ? Part::none : static_cast<Part>(kind + 1);
}

/// Where a part stands among the program's processes; what is no part of a server stands with the program itself.
int rank_of(Part part) {
    switch (part) {
        case Part::none:
        case Part::master:
            return 0;
        case Part::reactor:
            return 1;
        case Part::manager:
            return 2;
        case Part::worker:
            return 3;
        case Part::task_worker:
            break;
    }
    return 4;
}

}  // namespace

std::string Process::pid_text() const {
    return fmt::format("{} {}", is_thread ? "thread" : "pid", number == 0 ? 1 : number);
}

std::optional<std::uint32_t> Processes::place_of(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(places_, number, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
    if (found == places_.end() || found->first != number) return std::nullopt;
    return found->second;
}

std::uint32_t Processes::place_or_new(std::uint32_t number) {
    const auto found = std::ranges::lower_bound(places_, number, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
    if (found != places_.end() && found->first == number) return found->second;
    const auto place = static_cast<std::uint32_t>(all_.size());
    places_.insert(found, {number, place});
    all_.push_back({.number = number});
    return place;
}

void Processes::end(std::uint32_t place, std::uint32_t step, std::int64_t exit_code) {
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
        Process& one = all_[i];
        const bool goes_too = i == place || (one.is_thread && one.owner == place);
        if (!goes_too || one.exit_code) continue;
        one.to = step;
        one.exit_code = exit_code;
    }
}

void Processes::note(const trace::Trace& trace, const Event& event, std::uint32_t step) {
    const std::uint32_t by = place_or_new(event.process);
    if (event.coroutine != nobody) all_[by].acts = true;
    switch (event.kind) {
        case EventKind::host:
            hosts_.emplace_back(event.object, trace.text(event));
            return;
        case EventKind::process_start: {
            Process& started = all_[place_or_new(event.object)];
            started.title = trace.text(event);
            started.is_thread = event.value == 1;
            started.owner = by;
            started.host = event.other;
            started.from = step;
            return;
        }
        case EventKind::process_end:
            return end(place_or_new(event.object), step, event.value);
        case EventKind::stopped:
            if (all_[by].is_thread) end(by, step, 0);  // it records no end of its own
            return;
        case EventKind::role:
            all_[by].title = trace.text(event);
            all_[by].part = part_of(event.object);
            all_[by].role = event.object;
            all_[by].index = event.object & 0xFFFF;
            return;
        default:
            return;
    }
}

void Processes::name_hosts() {
    if (!hosts_.empty()) all_[0].host = hosts_.front().first;  // the program's own computer is described first
    for (Process& one : all_) {
        if (one.title.empty()) one.title = one.number == 0 ? "program" : fmt::format("process {}", one.number);
        const auto host = std::ranges::find(hosts_, one.host, &std::pair<std::uint32_t, std::string>::first);
        if (host != hosts_.end()) one.host_name = host->second;
        const bool is_elsewhere = one.host != all_[0].host && one.part != Part::none;
        if (is_elsewhere) one.title = one.host_name + ": " + one.title;
    }
}

Processes Processes::join(trace::Trace& trace) {
    Processes found;
    std::uint32_t step = 0;
    for (const Event& event : trace.events) {
        if (trace::is_step(event.kind)) ++step;
        found.note(trace, event, step);
    }
    found.name_hosts();
    found.acting_ = static_cast<std::size_t>(std::ranges::count_if(found.all_, &Process::acts));
    if (found.all_.size() == 1) return found;
    for (Event& event : trace.events) join_event(event, *found.place_of(event.process));
    return found;
}

std::vector<std::uint32_t> Processes::in_order() const {
    std::vector<std::uint32_t> order(all_.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) order[place] = place;
    std::ranges::sort(order, {}, [this](std::uint32_t place) {
        const Process& one = all_[place];
        const bool at_home = one.host == all_[0].host;
        return std::tuple(at_home, at_home ? rank_of(one.part) : 0, one.index, one.number);
    });
    return order;
}

std::optional<std::uint32_t> Processes::playing(std::uint32_t role, std::uint32_t step) const {
    std::optional<std::uint32_t> last;
    for (std::uint32_t place = 0; place < all_.size(); ++place) {
        if (all_[place].role == role && all_[place].from <= step) last = place;
    }
    return last;
}

}  // namespace co::studio
