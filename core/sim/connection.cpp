// What lies between the two ends of a connection: windows, segments, retransmission.
#include <algorithm>

#include "stream.h"
#include "world.h"

namespace co::sim {

using trace::EventKind;

namespace {

constexpr std::size_t most_in_segment = 1460;                     // an Ethernet frame without its headers
constexpr std::size_t header_bytes = 40;                          // IPv4 and TCP
constexpr Duration first_retry = std::chrono::milliseconds(200);  // Linux's least retransmission timeout
constexpr Duration longest_retry = std::chrono::seconds(120);
constexpr int most_tries = 15;  // Linux's tcp_retries2

Duration retry_after(int tries, Duration latency) {
    Duration wait = std::max(first_retry, 4 * latency);
    for (int i = 0; i < tries && wait < longest_retry; ++i) wait *= 2;
    return std::min(wait, longest_retry);
}

}  // namespace

std::string Connection::text(int side) const {
    const Flow& flow = flows_[side];
    const StreamEnd* end = flow.from ? flow.from : flows_[1 - side].to;
    const StreamEnd* peer = flow.to ? flow.to : flows_[1 - side].from;
    if (end) return text_of(end->local) + " > " + text_of(end->remote);
    return peer ? text_of(peer->remote) + " > " + text_of(peer->local) : "closed";
}

void Connection::note(EventKind kind, int side, const Segment& segment) {
    if (!world_.traces()) return;
    world_.record(kind, {.object = hosts_[side]->number,
                         .other = hosts_[1 - side]->number,
                         .value = static_cast<std::int64_t>(segment.bytes.size()),
                         .text = text(side)});
}

std::size_t Connection::window(const Flow& flow) const {
    std::size_t buffer = flow.to ? flow.to->buffers().receive : most_in_segment;
    std::size_t used = flow.received.size() + flow.bytes_in_flight;
    return used < buffer ? buffer - used : 0;
}

void Connection::pump(int side) {
    Flow& flow = flows_[side];
    bool is_near = world_.network.link(*hosts_[side], *hosts_[1 - side]).is_loopback;
    if (is_near) return deliver_at_once(flow);
    while (!flow.unsent.is_empty() && window(flow) > 0) {
        Segment segment;
        segment.bytes = flow.unsent.front(std::min(window(flow), most_in_segment));
        flow.unsent.drop(segment.bytes.size());
        transmit(side, std::move(segment));
    }
    if (flow.unsent.is_empty() && flow.is_shut && !std::exchange(flow.is_last_sent, true))
        transmit(side, {.bytes = {}, .is_last = true});
}

/// Within one host nothing is on its way.
void Connection::deliver_at_once(Flow& flow) {
    int side = &flow == &flows_[0] ? 0 : 1;
    if (!flow.to) {
        flow.unsent.clear();
        // Bytes for an end that is gone are answered with a reset; the end of the stream is not.
        if (flow.unacknowledged > 0) reset(side, std::errc::connection_reset);
        return;
    }
    std::size_t count = std::min(window(flow), flow.unsent.size());
    flow.received.append(flow.unsent.front(count));
    flow.unsent.drop(count);
    flow.unacknowledged -= count;
    bool ends = flow.unsent.is_empty() && flow.is_shut && !std::exchange(flow.has_ended, true);
    if (count > 0 || ends) flow.to->changed();
    if (count > 0 && flow.from) flow.from->changed();
}

/// The end that receives what comes from `side` has read: there is room in its buffer again.
void Connection::acknowledge_read(int side) {
    Flow& flow = flows_[side];
    if (flow.unsent.is_empty()) return;
    Link link = world_.network.link(*hosts_[side], *hosts_[1 - side]);
    if (link.is_loopback) return deliver_at_once(flow);
    if (std::exchange(flow.window_update_is_on_its_way, true)) return;
    world_.engine.after(link.latency, [self = shared_from_this(), side] {
        self->flows_[side].window_update_is_on_its_way = false;
        self->pump(side);
    });
}

void Connection::transmit(int side, Segment segment) {
    Flow& flow = flows_[side];
    flow.bytes_in_flight += segment.bytes.size();
    flow.flight.push_back(std::move(segment));
    attempt(side, flow.first_in_flight + flow.flight.size() - 1);
}

void Connection::attempt(int side, std::uint64_t number) {
    Flow& flow = flows_[side];
    if (number < flow.first_in_flight || number >= flow.first_in_flight + flow.flight.size()) return;
    Segment& segment = flow.flight[static_cast<std::size_t>(number - flow.first_in_flight)];
    Computer &from = *hosts_[side], &to = *hosts_[1 - side];
    note(EventKind::segment_sent, side, segment);
    auto self = shared_from_this();
    if (auto arrival = world_.network.send(from, to, segment.bytes.size() + header_bytes)) {
        world_.engine.at(*arrival, [self, side, number] { self->arrive(side, number); });
        return;
    }
    note(EventKind::segment_lost, side, segment);
    if (++segment.tries > most_tries) return give_up(side);
    Duration wait = retry_after(segment.tries - 1, world_.network.link(from, to).latency);
    world_.engine.after(wait, [self, side, number] { self->attempt(side, number); });
}

/// Segments are handed to the receiver in order: one that is early waits for those before it.
void Connection::arrive(int side, std::uint64_t number) {
    Flow& flow = flows_[side];
    if (number < flow.first_in_flight || number >= flow.first_in_flight + flow.flight.size()) return;
    flow.flight[static_cast<std::size_t>(number - flow.first_in_flight)].has_arrived = true;
    while (!flow.flight.empty() && flow.flight.front().has_arrived) {
        Segment segment = std::move(flow.flight.front());
        flow.flight.pop_front();
        ++flow.first_in_flight;
        flow.bytes_in_flight -= segment.bytes.size();
        deliver(side, std::move(segment));
    }
}

void Connection::deliver(int side, Segment segment) {
    Flow& flow = flows_[side];
    note(EventKind::segment_arrived, side, segment);
    if (!flow.to) {
        if (!segment.bytes.empty()) reset(side, std::errc::connection_reset);
        return;
    }
    flow.received.append(segment.bytes);
    if (segment.is_last) flow.has_ended = true;
    flow.to->keep_alive().heard(world_.engine.now());
    flow.to->changed();
    Duration latency = world_.network.link(*hosts_[side], *hosts_[1 - side]).latency;
    world_.engine.after(
        latency, [self = shared_from_this(), side, bytes = segment.bytes.size()] { self->acknowledge(side, bytes); });
}

void Connection::acknowledge(int side, std::size_t bytes) {
    Flow& flow = flows_[side];
    flow.unacknowledged -= std::min(bytes, flow.unacknowledged);
    pump(side);
    if (!flow.from) return;
    flow.from->keep_alive().heard(world_.engine.now());
    flow.from->changed();
}

/// Nothing that was sent from `side` arrives any more (RFC 9293, 3.8.3, "R2").
void Connection::give_up(int side) {
    Flow& flow = flows_[side];
    flow.unsent.clear();
    flow.first_in_flight += flow.flight.size();
    flow.flight.clear();
    flow.bytes_in_flight = 0;
    if (flow.from) flow.from->failed(std::errc::timed_out);
}

void Connection::reset(int side, std::errc why) {
    int peer = 1 - side;
    auto tell = [self = shared_from_this(), side, why] {
        for (Flow& flow : self->flows_) {
            flow.unsent.clear();
            flow.first_in_flight += flow.flight.size();
            flow.flight.clear();
            flow.bytes_in_flight = 0;
        }
        StreamEnd* end = self->flows_[side].from;
        if (!end || end->is_broken_) return;
        self->world_.record(EventKind::reset, {.object = self->hosts_[1 - side]->number,
                                               .other = self->hosts_[side]->number,
                                               .text = self->text(1 - side)});
        end->failed(why);
    };
    if (hosts_[side] == hosts_[peer]) return tell();
    // A reset that gets lost is not sent again: the next segment for the gone end provokes another one.
    if (auto arrival = world_.network.send(*hosts_[peer], *hosts_[side], header_bytes))
        world_.engine.at(*arrival, std::move(tell));
}

}  // namespace co::sim
