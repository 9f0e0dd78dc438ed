#include <co/event.h>

#include <array>

namespace co::trace {
namespace {

struct Named {
    EventKind kind;
    std::string_view name;
};

constexpr std::size_t kind_number = static_cast<std::size_t>(last_kind) + 1;

// In the order of the kinds, so that a kind is its own place here.
constexpr std::array<Named, kind_number> all_names = {{
    {EventKind::start, "start"},
    {EventKind::go, "go"},
    {EventKind::resume, "resume"},
    {EventKind::run, "run"},
    {EventKind::requeue, "requeue"},
    {EventKind::yield, "yield"},
    {EventKind::sleep, "sleep"},
    {EventKind::defer, "defer"},
    {EventKind::deferred, "deferred"},
    {EventKind::done, "done"},
    {EventKind::failed, "failed"},
    {EventKind::cancel, "cancel"},
    {EventKind::join_wait, "join_wait"},
    {EventKind::join_pass, "join_pass"},
    {EventKind::due, "due"},
    {EventKind::ready, "ready"},
    {EventKind::back, "back"},
    {EventKind::line, "line"},
    {EventKind::channel, "channel"},
    {EventKind::push, "push"},
    {EventKind::push_wait, "push_wait"},
    {EventKind::push_failed, "push_failed"},
    {EventKind::pop, "pop"},
    {EventKind::pop_wait, "pop_wait"},
    {EventKind::pop_failed, "pop_failed"},
    {EventKind::close, "close"},
    {EventKind::select_wait, "select_wait"},
    {EventKind::select_case, "select_case"},
    {EventKind::select_pass, "select_pass"},
    {EventKind::group, "group"},
    {EventKind::group_add, "group_add"},
    {EventKind::group_done, "group_done"},
    {EventKind::group_wait, "group_wait"},
    {EventKind::group_pass, "group_pass"},
    {EventKind::gate, "gate"},
    {EventKind::gate_pass, "gate_pass"},
    {EventKind::gate_wait, "gate_wait"},
    {EventKind::gate_open, "gate_open"},
    {EventKind::timer_after, "timer_after"},
    {EventKind::timer_tick, "timer_tick"},
    {EventKind::timer_clear, "timer_clear"},
    {EventKind::timer_fire, "timer_fire"},
    {EventKind::timer_moved, "timer_moved"},
    {EventKind::later, "later"},
    {EventKind::loop_call, "loop_call"},
    {EventKind::block, "block"},
    {EventKind::print, "print"},
    {EventKind::deadlock, "deadlock"},
    {EventKind::stopped, "stopped"},
    {EventKind::fd_wait, "fd_wait"},
    {EventKind::fd_pass, "fd_pass"},
    {EventKind::fd_ready, "fd_ready"},
    {EventKind::fd_watch, "fd_watch"},
    {EventKind::loop_wait, "loop_wait"},
    {EventKind::loop_woke, "loop_woke"},
    {EventKind::listen, "listen"},
    {EventKind::accept, "accept"},
    {EventKind::connect, "connect"},
    {EventKind::connected, "connected"},
    {EventKind::read, "read"},
    {EventKind::write, "write"},
    {EventKind::io_failed, "io_failed"},
    {EventKind::shut, "shut"},
    {EventKind::fd_close, "fd_close"},
    {EventKind::host, "host"},
    {EventKind::segment_sent, "segment_sent"},
    {EventKind::segment_arrived, "segment_arrived"},
    {EventKind::segment_lost, "segment_lost"},
    {EventKind::reset, "reset"},
    {EventKind::partition, "partition"},
    {EventKind::process_start, "process_start"},
    {EventKind::process_end, "process_end"},
    {EventKind::process_reaped, "process_reaped"},
    {EventKind::signal_sent, "signal_sent"},
    {EventKind::signal_taken, "signal_taken"},
    {EventKind::fault, "fault"},
    {EventKind::role, "role"},
    {EventKind::session_open, "session_open"},
    {EventKind::session_close, "session_close"},
    {EventKind::framed, "framed"},
    {EventKind::dispatched, "dispatched"},
    {EventKind::message_sent, "message_sent"},
    {EventKind::message_taken, "message_taken"},
    {EventKind::post_wait, "post_wait"},
    {EventKind::send_wait, "send_wait"},
    {EventKind::event, "event"},
    {EventKind::event_done, "event_done"},
    {EventKind::task, "task"},
    {EventKind::task_begin, "task_begin"},
    {EventKind::task_finish, "task_finish"},
    {EventKind::task_failed, "task_failed"},
    {EventKind::task_wait, "task_wait"},
    {EventKind::worker_start, "worker_start"},
    {EventKind::worker_ended, "worker_ended"},
    {EventKind::log, "log"},
    {EventKind::aside_wait, "aside_wait"},
    {EventKind::aside_done, "aside_done"},
    {EventKind::command_start, "command_start"},
    {EventKind::command_end, "command_end"},
    {EventKind::shared, "shared"},
    {EventKind::shared_read, "shared_read"},
    {EventKind::shared_write, "shared_write"},
    {EventKind::shared_refused, "shared_refused"},
    {EventKind::shared_wait, "shared_wait"},
    {EventKind::shared_pass, "shared_pass"},
    {EventKind::shared_open, "shared_open"},
}};

constexpr bool is_in_order() {
    for (std::size_t place = 0; place < kind_number; ++place)
        if (all_names[place].kind != static_cast<EventKind>(place)) return false;
    return true;
}
static_assert(is_in_order(), "an EventKind has no name, or names stand in another order than kinds");

}  // namespace

std::string_view name(EventKind kind) {
    const auto place = static_cast<std::size_t>(kind);
    return place < kind_number ? all_names[place].name : "unknown";
}

std::string_view name(LoopPhase phase) {
    constexpr std::array<std::string_view, 4> names = {"deferred", "cycle", "signal", "remote"};
    const auto place = static_cast<std::size_t>(phase);
    return place < names.size() ? names[place] : "unknown";
}

}  // namespace co::trace
