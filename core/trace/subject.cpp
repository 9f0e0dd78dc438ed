#include <co/subject.h>

namespace co::trace {

namespace {

/// The kinds of a subject that came later stand together.
Subject by_place(EventKind kind) {
    if (kind > last_kind) return Subject::unknown;
    if (kind >= EventKind::shared) return Subject::shared;
    if (kind >= EventKind::aside_wait) return Subject::aside;
    if (kind >= EventKind::role) return Subject::server;
    if (kind >= EventKind::process_start) return Subject::process;
    if (kind >= EventKind::host) return Subject::network;
    if (kind >= EventKind::fd_wait) return Subject::descriptor;
    return Subject::coroutine;
}

}  // namespace

Subject subject_of(EventKind kind) {
    switch (kind) {
        case EventKind::cancel:
        case EventKind::join_wait:
        case EventKind::join_pass:
        case EventKind::select_wait:
        case EventKind::select_case:
        case EventKind::select_pass:
            return Subject::family;
        case EventKind::channel:
        case EventKind::push:
        case EventKind::push_wait:
        case EventKind::push_failed:
        case EventKind::pop:
        case EventKind::pop_wait:
        case EventKind::pop_failed:
        case EventKind::close:
            return Subject::channel;
        case EventKind::group:
        case EventKind::group_add:
        case EventKind::group_done:
        case EventKind::group_wait:
        case EventKind::group_pass:
            return Subject::group;
        case EventKind::gate:
        case EventKind::gate_pass:
        case EventKind::gate_wait:
        case EventKind::gate_open:
            return Subject::gate;
        case EventKind::timer_after:
        case EventKind::timer_tick:
        case EventKind::timer_clear:
        case EventKind::timer_fire:
        case EventKind::timer_moved:
            return Subject::timer;
        case EventKind::later:
        case EventKind::loop_call:
        case EventKind::block:
        case EventKind::loop_wait:
        case EventKind::loop_woke:
            return Subject::loop;
        case EventKind::print:
        case EventKind::deadlock:
        case EventKind::stopped:
            return Subject::program;
        default:
            return by_place(kind);
    }
}

}  // namespace co::trace
