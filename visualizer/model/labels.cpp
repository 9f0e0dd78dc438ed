#include "visualizer/model/labels.h"

#include <co/subject.h>

namespace co::studio {

using trace::Event;
using trace::EventKind;

namespace {

GateKind gate_kind(const Event& event, const State& state) {
    const GateState* gate = state.gate(event.object);
    return gate ? gate->kind : GateKind::mutex;
}

SharedKind shared_kind(const Event& event, const State& state) {
    const SharedState* one = state.shared_one(event.object);
    return one ? one->kind : SharedKind::table;
}

std::string_view shared_label(EventKind event, SharedKind kind) {
    const bool is_lock = kind == SharedKind::lock;
    switch (event) {
        case EventKind::shared:
            return maker_of(kind);
        case EventKind::shared_read:
            return "reads";
        case EventKind::shared_write:
            return "writes";
        case EventKind::shared_refused:
            return "refused";
        case EventKind::shared_open:
            return is_lock ? "unlock" : "wake";
        default:
            return is_lock ? "lock" : "wait";
    }
}

/// These steps bear a text only where it says why they failed.
bool has_failed(const Event& event) { return event.text != 0; }

std::string_view gate_failed_verb(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "lock fails";
        case GateKind::semaphore:
            return "acquire fails";
        case GateKind::barrier:
            break;
    }
    return "wait fails";
}

std::string_view gate_wait_verb(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return "parks in lock";
        case GateKind::semaphore:
            return "parks in acquire";
        case GateKind::barrier:
            break;
    }
    return "parks in wait";
}

/// In a server's own words; of what has none, the event's name.
std::string_view server_label(EventKind kind) {
    switch (kind) {
        case EventKind::session_open:
            return "takes in";
        case EventKind::session_close:
            return "session ends";
        case EventKind::framed:
            return "frames";
        case EventKind::dispatched:
            return "dispatches";
        case EventKind::message_sent:
            return "sends";
        case EventKind::message_taken:
            return "takes";
        case EventKind::event_done:
            return "event ends";
        case EventKind::task_begin:
            return "begins task";
        case EventKind::task_finish:
            return "finishes";
        case EventKind::worker_start:
            return "starts worker";
        case EventKind::worker_ended:
            return "worker gone";
        default:
            return trace::name(kind);
    }
}

}  // namespace

OperationLabel::OperationLabel(const Event& event, const State& state)
    : kind_(event.kind), is_cut_off_(event.kind == EventKind::requeue && event.value != 0) {
    if (trace::subject_of(kind_) == trace::Subject::gate) gate_ = gate_kind(event, state);
    if (trace::subject_of(kind_) == trace::Subject::shared) shared_ = shared_kind(event, state);
}

/// Those whose words depend on the event's kind alone.
static std::string_view plain_label(EventKind kind) {
    switch (kind) {
        case EventKind::run:
            return "runs";
        case EventKind::done:
            return "ends";
        case EventKind::failed:
            return "fails";
        case EventKind::channel:
            return "chan";
        case EventKind::push_wait:
        case EventKind::push_failed:
            return "push";
        case EventKind::pop_wait:
        case EventKind::pop_failed:
            return "pop";
        case EventKind::group_add:
            return "add";
        case EventKind::group_done:
            return "done";
        case EventKind::group_wait:
        case EventKind::group_pass:
            return "wait";
        case EventKind::join_wait:
        case EventKind::join_pass:
            return "join";
        case EventKind::select_wait:
        case EventKind::select_pass:
            return "select";
        case EventKind::later:
            return "event.defer";
        case EventKind::loop_call:
            return "called";
        case EventKind::block:
            return "blocks";
        case EventKind::timer_after:
            return "after";
        case EventKind::timer_tick:
            return "tick";
        case EventKind::timer_clear:
            return "clear";
        case EventKind::timer_fire:
            return "fires";
        case EventKind::command_start:
            return "exec";
        case EventKind::command_end:
            return "exec ends";
        case EventKind::aside_done:
            return "helper thread";
        default:
            return server_label(kind);
    }
}

std::string_view OperationLabel::text() const {
    switch (kind_) {
        case EventKind::requeue:
            return is_cut_off_ ? "is cut off" : "sleep(0)";
        case EventKind::gate:
            return maker_of(gate_);
        case EventKind::gate_pass:
        case EventKind::gate_wait:
            return passing_call(gate_);
        case EventKind::gate_open:
            return opening_call(gate_);
        default:
            return trace::subject_of(kind_) == trace::Subject::shared ? shared_label(kind_, shared_)
                                                                      : plain_label(kind_);
    }
}

std::string_view operation_label(const Event& event, const State& state) { return OperationLabel(event, state).text(); }

bool leaves_running(EventKind kind) {
    if (kind == EventKind::go || kind == EventKind::resume) return true;
    return trace::parks(kind) && kind != EventKind::requeue;
}

std::string_view event_verb(const Event& event, const State& state) {
    switch (event.kind) {
        case EventKind::start:
            return "starts";
        case EventKind::yield:
            return "parks in yield";
        case EventKind::sleep:
            return "parks in sleep";
        case EventKind::push_wait:
            return "parks in push";
        case EventKind::pop_wait:
            return "parks in pop";
        case EventKind::group_wait:
            return "parks in wait";
        case EventKind::select_wait:
            return "parks in select";
        case EventKind::join_wait:
            return "parks in join";
        case EventKind::gate_wait:
            return gate_wait_verb(gate_kind(event, state));
        case EventKind::fd_wait:
            return "parks for I/O";
        case EventKind::send_wait:
            return "parks in send";
        case EventKind::post_wait:
            return "parks in a message";
        case EventKind::task_wait:
            return "parks in task_wait";
        case EventKind::aside_wait:
            return "parks for a helper";
        case EventKind::shared_wait:
            return shared_kind(event, state) == SharedKind::lock ? "parks in lock" : "parks in wait";
        case EventKind::gate_pass:
            return has_failed(event) ? gate_failed_verb(gate_kind(event, state)) : operation_label(event, state);
        case EventKind::join_pass:
            return has_failed(event) ? "join fails" : "join";
        case EventKind::select_pass:
            return "select fails";
        case EventKind::cancel:
            return has_failed(event) ? "cancel fails" : "cancel";
        case EventKind::loop_call:
            return "calls";
        case EventKind::push_failed:
            return "push fails";
        case EventKind::pop_failed:
            return "pop fails";
        default:
            return operation_label(event, state);
    }
}

bool is_done_by_loop(EventKind kind) {
    switch (kind) {
        case EventKind::run:
        case EventKind::due:
        case EventKind::timer_fire:
        case EventKind::loop_call:
        case EventKind::deadlock:
        case EventKind::stopped:
        case EventKind::fd_ready:
        case EventKind::loop_wait:
        case EventKind::loop_woke:
        case EventKind::aside_done:
            return true;
        default:
            return false;
    }
}

}  // namespace co::studio
