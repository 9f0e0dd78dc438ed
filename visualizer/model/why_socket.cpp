// Why: descriptors, the network between machines, and what a server lets its coroutines wait for.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;

/// `: "tea"`; nothing where nothing is known of them.
std::string contents(const Moment& moment) {
    const std::string text = shown_bytes(text_of(moment));
    return text.empty() ? "" : fmt::format(": \"{}\"", text);
}

std::string why_read(const Moment& moment) {
    const trace::Event& event = moment.event;
    if (event.value == 0) return fmt::format("the other end of descriptor {} sends no more", event.object);
    return fmt::format("{} out of the receive buffer of descriptor {}{}", counted(event.value, "byte"), event.object,
                       contents(moment));
}

std::string why_connected(const Moment& moment) {
    const std::string_view failure = text_of(moment);
    if (!failure.empty()) return std::string(failure);
    return fmt::format("descriptor {} is a connection now", moment.event.object);
}

std::string why_shut(const Moment& moment) {
    const std::int64_t how = moment.event.value;
    const std::string which = how == 0 ? "reads" : how == 1 ? "writes" : "reads and writes";
    return fmt::format("descriptor {} {} no more", moment.event.object, which);
}

std::string host_name(const trace::Trace& trace, std::uint32_t number) {
    const auto is_it = [&](const trace::Event& event) {
        return event.kind == EventKind::host && event.object == number;
    };
    const auto host = std::ranges::find_if(trace.events, is_it);
    return host == trace.events.end() ? fmt::format("host {}", number) : std::string(trace.text(*host));
}

/// A segment without bytes says that no more will come.
std::string load_of(const Moment& moment, std::string_view singular, std::string_view plural) {
    const std::int64_t bytes = moment.event.value;
    if (bytes == 0) return fmt::format("the end of the stream {}", singular);
    return fmt::format("{} {}", counted(bytes, "byte"), bytes == 1 ? singular : plural);
}

}  // namespace

std::string why_descriptor(const Moment& moment) {
    const trace::Event& event = moment.event;
    switch (event.kind) {
        case EventKind::fd_wait:
            return fmt::format("{} waits until descriptor {} is ready to {}{}", doer(moment), event.object,
                               text_of(moment), or_by_timeout(moment));
        case EventKind::fd_pass:
            return fmt::format("descriptor {} is not ready, and {} does not wait", event.object, doer(moment));
        case EventKind::fd_ready:
            return fmt::format("descriptor {} is ready to {}, so {} is ready", event.object, text_of(moment),
                               chip_text(event.other));
        case EventKind::listen:
            return fmt::format("descriptor {} takes connections at {}", event.object, text_of(moment));
        case EventKind::accept:
            return fmt::format("descriptor {} is the connection {}", event.object, text_of(moment));
        case EventKind::connect:
            return fmt::format("descriptor {} asks for a connection, {}", event.object, text_of(moment));
        case EventKind::connected:
            return why_connected(moment);
        case EventKind::read:
            return why_read(moment);
        case EventKind::write:
            return fmt::format("{} into the send buffer of descriptor {}{}", counted(event.value, "byte"), event.object,
                               contents(moment));
        case EventKind::shut:
            return why_shut(moment);
        case EventKind::fd_close:
            return fmt::format("descriptor {} is no more", event.object);
        default:
            return std::string(first_line(text_of(moment)));
    }
}

std::string why_network(const Moment& moment) {
    const trace::Event& event = moment.event;
    const std::string way{text_of(moment)};
    switch (event.kind) {
        case EventKind::segment_sent:
            return load_of(moment, "leaves", "leave") + ", " + way;
        case EventKind::segment_arrived:
            return load_of(moment, "has arrived", "are in the receiver’s buffer") + ", " + way;
        case EventKind::segment_lost:
            return load_of(moment, "is lost", "are lost") + " on the way (TCP sends again), " + way;
        case EventKind::reset:
            return fmt::format("the connection is broken off, {}", way);
        case EventKind::partition:
            return fmt::format("the way between {} and {} is {}", host_name(moment.trace, event.object),
                               host_name(moment.trace, event.other), event.value == 1 ? "cut" : "whole again");
        default:
            return way;
    }
}

std::string why_server_waits(const Moment& moment) {
    const trace::Event& event = moment.event;
    switch (event.kind) {
        case EventKind::send_wait:
            return fmt::format("the output buffer of connection {} is full, so {} waits until the peer has read",
                               event.object, doer(moment));
        case EventKind::post_wait:
            return fmt::format("too much waits for {} already, so {} waits", role_name(event.object), doer(moment));
        case EventKind::task_wait:
            return fmt::format("task {} is not finished, so {} waits{}", event.object, doer(moment),
                               or_by_timeout(moment));
        default:
            return std::string(first_line(text_of(moment)));
    }
}

}  // namespace co::studio
