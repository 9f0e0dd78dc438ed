#include <co/event.h>

namespace co::trace {

std::string_view name(EventKind kind) {
    switch (kind) {
        case EventKind::start:
            return "start";
        case EventKind::go:
            return "go";
        case EventKind::resume:
            return "resume";
        case EventKind::run:
            return "run";
        case EventKind::requeue:
            return "requeue";
        case EventKind::yield:
            return "yield";
        case EventKind::sleep:
            return "sleep";
        case EventKind::defer:
            return "defer";
        case EventKind::deferred:
            return "deferred";
        case EventKind::done:
            return "done";
        case EventKind::failed:
            return "failed";
        case EventKind::due:
            return "due";
        case EventKind::ready:
            return "ready";
        case EventKind::back:
            return "back";
        case EventKind::line:
            return "line";
        case EventKind::channel:
            return "channel";
        case EventKind::push:
            return "push";
        case EventKind::push_wait:
            return "push_wait";
        case EventKind::push_failed:
            return "push_failed";
        case EventKind::pop:
            return "pop";
        case EventKind::pop_wait:
            return "pop_wait";
        case EventKind::pop_failed:
            return "pop_failed";
        case EventKind::close:
            return "close";
        case EventKind::group:
            return "group";
        case EventKind::group_add:
            return "group_add";
        case EventKind::group_done:
            return "group_done";
        case EventKind::group_wait:
            return "group_wait";
        case EventKind::group_pass:
            return "group_pass";
        case EventKind::timer_after:
            return "timer_after";
        case EventKind::timer_tick:
            return "timer_tick";
        case EventKind::timer_clear:
            return "timer_clear";
        case EventKind::timer_fire:
            return "timer_fire";
        case EventKind::print:
            return "print";
        case EventKind::deadlock:
            return "deadlock";
        case EventKind::stopped:
            return "stopped";
    }
    return "unknown";
}

}  // namespace co::trace
