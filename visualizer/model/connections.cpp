#include "visualizer/model/connections.h"

#include <algorithm>

namespace co::studio {

using trace::Event;
using trace::EventKind;

namespace {

/// "10.0.0.2" of "10.0.0.2:32768".
std::string_view computer_of(std::string_view address) { return address.substr(0, address.rfind(':')); }

/// Both addresses of "here > there"; two empty ones where there is no arrow.
std::pair<std::string_view, std::string_view> both_of(std::string_view way, std::string_view arrow) {
    const std::size_t at = way.find(arrow);
    if (at == std::string_view::npos) return {};
    return {way.substr(0, at), way.substr(at + arrow.size())};
}

std::string way_of(std::string_view from, std::string_view to) {
    std::string way(from);
    way += " > ";
    way += to;
    return way;
}

std::uint64_t bytes_of(const Event& event) { return event.value > 0 ? static_cast<std::uint64_t>(event.value) : 0; }

}  // namespace

void Connections::take(const Event& event, std::uint32_t step, const trace::Trace& trace) {
    switch (event.kind) {
        case EventKind::process_start:
            if (event.value == 1) threads_[event.object] = owner(event.process);
            return;
        case EventKind::connect:
            return open(event, step, trace.text(event));
        case EventKind::accept:
            return accept(event, step, trace.text(event));
        case EventKind::fd_close:
            return close(event, step);
        case EventKind::read:
        case EventKind::write:
            return use(event, step);
        case EventKind::segment_sent:
        case EventKind::segment_arrived:
        case EventKind::segment_lost:
            return move(event, step, trace.text(event));
        case EventKind::host:
            return meet(event, step);
        case EventKind::partition:
            partitions_.push_back({step, event.object, event.other, event.value == 1});
            return;
        case EventKind::session_open:
            if (const auto end = accepted_.find(event.process); end != accepted_.end())
                sessions_[event.object] = end->second;
            return;
        case EventKind::framed:
            return frame(event, step);
        default:
            return;
    }
}

std::optional<EndOf> Connections::find(std::uint32_t process, std::uint32_t fd, std::uint32_t step) const {
    const auto known = ends_.find({owner(process), fd});
    if (known == ends_.end()) return std::nullopt;
    for (const EndOf& end : known->second) {
        const ConnectionEnd& held = all_[end.connection].ends[end.side];
        if (held.opened_step <= step && step < held.closed_step) return end;
    }
    return std::nullopt;
}

Flow Connections::flow(const EndOf& from, std::uint32_t step) const {
    const auto& changes = histories_[from.connection].out[from.side];
    const auto after = std::ranges::upper_bound(changes, step, {}, &Change::step);
    return after == changes.begin() ? Flow{} : std::prev(after)->flow;
}

bool Connections::is_cut(std::uint32_t from, std::uint32_t to, std::uint32_t step) const {
    bool is_cut = false;
    for (const Partition& one : partitions_) {
        const bool is_this = (one.from == from && one.to == to) || (one.from == to && one.to == from);
        if (is_this && one.step <= step) is_cut = one.is_cut;
    }
    return is_cut;
}

// -- private
// -----------------------------------------------------------------------------------------------------------

/// It is told of again when more is known of it.
void Connections::meet(const Event& host, std::uint32_t step) {
    const auto known = std::ranges::find(computers_, host.object, &Computer::number);
    if (known == computers_.end()) computers_.push_back({host.object, host.text, step});
}

/// Threads have the descriptors of their process.
std::uint32_t Connections::owner(std::uint32_t process) const {
    const auto thread = threads_.find(process);
    return thread == threads_.end() ? process : thread->second;
}

EndOf Connections::add(std::string_view from, std::string_view to) {
    Connection connection;
    connection.ends[0].address = from;
    connection.ends[1].address = to;
    connection.is_near = computer_of(from) == computer_of(to);
    all_.push_back(std::move(connection));
    histories_.emplace_back();
    const EndOf opener{all_.size() - 1, 0};
    ways_.insert_or_assign(way_of(from, to), opener);
    ways_.insert_or_assign(way_of(to, from), EndOf{opener.connection, 1});
    return opener;
}

void Connections::hold(const EndOf& end, const Event& event, std::uint32_t step) {
    ConnectionEnd& held = all_[end.connection].ends[end.side];
    held.process = event.process;
    held.fd = event.object;
    held.opened_step = step;
    ends_[{owner(event.process), event.object}].push_back(end);
}

void Connections::open(const Event& event, std::uint32_t step, std::string_view way) {
    const auto [here, there] = both_of(way, " > ");
    if (!there.empty()) hold(add(here, there), event, step);
}

/// Mostly the other end is in the trace, too; a server's client may be anywhere.
void Connections::accept(const Event& event, std::uint32_t step, std::string_view way) {
    const auto [here, there] = both_of(way, " < ");
    if (here.empty() && there.empty()) return;
    const auto known = ways_.find(way_of(here, there));
    const bool is_free = known != ways_.end() && known->second.side == 1 &&
                         all_[known->second.connection].ends[1].process == trace::nobody;
    const EndOf end{is_free ? known->second.connection : add(there, here).connection, 1};
    hold(end, event, step);
    accepted_[event.process] = end;
}

void Connections::close(const Event& event, std::uint32_t step) {
    if (const auto end = find(event.process, event.object, step))
        all_[end->connection].ends[end->side].closed_step = step;
}

void Connections::use(const Event& event, std::uint32_t step) {
    const auto end = find(event.process, event.object, step);
    if (!end) return;
    const bool reads = event.kind == EventKind::read;
    const bool is_near = all_[end->connection].is_near;
    Flow& flow = change({end->connection, reads ? 1 - end->side : end->side}, step);
    if (reads) {
        ++flow.reads;
        flow.read += bytes_of(event);
        flow.has_ended = flow.has_ended || event.value == 0;
        // What nobody traces on the way is there at the latest when it is read.
        flow.arrived = std::max(flow.arrived, flow.read);
        flow.left = std::max(flow.left, flow.arrived);
    } else {
        ++flow.writes;
        flow.written += bytes_of(event);
        if (is_near) flow.left = flow.arrived = flow.written;
    }
    note_fill(end->connection, flow);
}

void Connections::move(const Event& event, std::uint32_t step, std::string_view way) {
    const auto known = ways_.find(way);
    if (known == ways_.end()) return;
    Flow& flow = change(known->second, step);
    const std::uint64_t bytes = bytes_of(event);
    if (event.kind == EventKind::segment_sent) {
        flow.left += bytes;
        if (bytes > 0) ++flow.segments;
    } else if (event.kind == EventKind::segment_arrived) {
        flow.arrived += bytes;
    } else {
        flow.left -= std::min(flow.left, bytes);
        ++flow.lost;
    }
    note_fill(known->second.connection, flow);
}

void Connections::frame(const Event& event, std::uint32_t step) {
    const auto session = sessions_.find(event.object);
    if (session != sessions_.end()) ++change({session->second.connection, 1 - session->second.side}, step).packets;
}

Flow& Connections::change(const EndOf& from, std::uint32_t step) {
    auto& changes = histories_[from.connection].out[from.side];
    const Flow before = changes.empty() ? Flow{} : changes.back().flow;
    if (changes.empty() || changes.back().step != step) changes.push_back({step, before});
    return changes.back().flow;
}

void Connections::note_fill(std::size_t connection, const Flow& flow) {
    std::uint64_t& fullest = all_[connection].fullest;
    fullest = std::max({fullest, flow.kept(), flow.waiting()});
}

}  // namespace co::studio
