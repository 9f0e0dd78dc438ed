#include <fmt/format.h>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

std::string of_request(const Event& event) {
    const bool is_known = event.other != 0 && event.other != trace::nobody;
    return is_known ? fmt::format(", request {}", event.other) : "";
}

std::string why_message(const Moment& moment) {
    const Event& event = moment.event;
    const std::string role = role_name(event.object);
    if (event.kind == EventKind::message_sent)
        return fmt::format("“{}” goes to the mailbox of {}", first_line(moment.trace.text(event)), role);
    return fmt::format("“{}” comes out of its mailbox, from {}", first_line(moment.trace.text(event)), role);
}

std::string why_session(const Moment& moment) {
    const Event& event = moment.event;
    switch (event.kind) {
        case EventKind::session_open:
            return fmt::format("connection {} from {} is taken in", event.object, moment.trace.text(event));
        case EventKind::session_close:
            return fmt::format("connection {} is over", event.object);
        case EventKind::framed:
            return fmt::format("{} of connection {} are a whole packet: request {}", counted(event.value, "byte"),
                               event.object, event.other);
        case EventKind::dispatched:
            return fmt::format("worker {} is to have it{}", event.value, of_request(event));
        case EventKind::event:
            return fmt::format("{} of connection {} begins{}", moment.trace.text(event), event.object,
                               of_request(event));
        default:
            return fmt::format("it is done{}", of_request(event));
    }
}

std::string why_task(const Moment& moment) {
    const Event& event = moment.event;
    const std::string_view text = first_line(moment.trace.text(event));
    switch (event.kind) {
        case EventKind::task:
            return fmt::format("task {} is given away: {}", event.object, text);
        case EventKind::task_begin:
            return fmt::format("task {} begins: {}", event.object, text);
        case EventKind::task_finish:
            return fmt::format("task {} has a result: {}", event.object, text);
        default:
            return fmt::format("task {} has no result: {}", event.object, text);
    }
}

}  // namespace

std::string why_server(const Moment& moment) {
    const Event& event = moment.event;
    switch (event.kind) {
        case EventKind::message_sent:
        case EventKind::message_taken:
            return why_message(moment);
        case EventKind::post_wait:
        case EventKind::send_wait:
        case EventKind::task_wait:
            return why_server_waits(moment);
        case EventKind::session_open:
        case EventKind::session_close:
        case EventKind::framed:
        case EventKind::dispatched:
        case EventKind::event:
        case EventKind::event_done:
            return why_session(moment);
        case EventKind::task:
        case EventKind::task_begin:
        case EventKind::task_finish:
        case EventKind::task_failed:
            return why_task(moment);
        case EventKind::worker_start:
            return fmt::format("{} runs as process {}", role_name(event.object), event.value);
        case EventKind::worker_ended:
            return fmt::format("the process of {} is gone: {}", role_name(event.object), moment.trace.text(event));
        case EventKind::role:
            return fmt::format("from now on this is the {}", moment.trace.text(event));
        default:
            return std::string(first_line(moment.trace.text(event)));
    }
}

}  // namespace co::studio
