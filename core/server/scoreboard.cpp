#include "scoreboard.h"

#include <stdexcept>

namespace co::server {
namespace {

constexpr std::size_t cache_line = 64;  // bytes of a cache line: parts of the memory do not share one
constexpr std::size_t rounded(std::size_t bytes) { return (bytes + cache_line - 1) / cache_line * cache_line; }

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "an atomic with a lock works in one process only");

// Of one ledger entry each: as many as fill a cache line.
constexpr std::size_t slots_of_task_worker = cache_line / sizeof(std::atomic<std::uint64_t>);
static_assert(sizeof(WorkerRow) == cache_line);

std::size_t ledger_slots(const Scoreboard::Shape& shape) {
    return std::size_t{shape.workers} * shape.at_once + std::size_t{shape.task_workers} * slots_of_task_worker;
}
std::size_t all_workers(const Scoreboard::Shape& shape) { return std::size_t{shape.workers} + shape.task_workers; }

}  // namespace

std::size_t Scoreboard::bytes(const Shape& shape) {
    return rounded(sizeof(Totals)) + rounded(shape.connections * sizeof(ConnectionRow)) +
           rounded(all_workers(shape) * sizeof(WorkerRow)) +
           rounded(ledger_slots(shape) * sizeof(std::atomic<std::uint64_t>));
}

Scoreboard::Scoreboard(std::span<std::byte> memory, const Shape& shape) : shape_(shape) {
    if (memory.size() < bytes(shape)) throw std::logic_error("Scoreboard: the memory is too small");
    std::byte* place = memory.data();
    totals_ = reinterpret_cast<Totals*>(place);
    place += rounded(sizeof(Totals));
    connections_ = reinterpret_cast<ConnectionRow*>(place);
    place += rounded(shape.connections * sizeof(ConnectionRow));
    workers_ = reinterpret_cast<WorkerRow*>(place);
    place += rounded(all_workers(shape) * sizeof(WorkerRow));
    ledgers_ = reinterpret_cast<std::atomic<std::uint64_t>*>(place);
}

// -- connections -----------------------------------------------------------------------------------------------------

/// A session's row follows from its number, so nobody needs to search; the next number is the next row, so a number
/// comes again only after all others came.
ConnectionRow* Scoreboard::find(std::uint32_t session) {
    if (session == 0) return nullptr;
    ConnectionRow& row = connections_[(session - 1) % shape_.connections];
    return row.session.load() == session ? &row : nullptr;
}

std::uint32_t Scoreboard::open_session(const Opening& opening, TimePoint now) {
    for (std::uint32_t tries = 0; tries < shape_.connections; ++tries) {
        std::uint32_t session = ++totals_->next_session;
        if (session == 0) session = ++totals_->next_session;  // all 32 bits were used: 0 is nobody's
        ConnectionRow& row = connections_[(session - 1) % shape_.connections];
        if (row.session.load() != 0) continue;
        row.owner = opening.owner;
        row.port = opening.port;
        row.family = opening.peer.family;
        row.peer_ip = opening.peer.ip;
        row.peer_port = opening.peer.port;
        row.is_closing = 0;
        row.pending = 0;
        row.waiting = 0;
        row.connected_at = now.time_since_epoch().count();
        row.last_received_at = now.time_since_epoch().count();
        row.session = session;
        ++totals_->connections;
        ++totals_->accepted;
        return session;
    }
    return 0;
}

void Scoreboard::close_session(std::uint32_t session) {
    ConnectionRow* row = find(session);
    if (!row) return;
    row->session = 0;
    --totals_->connections;
    ++totals_->closed;
}

// -- how busy workers are --------------------------------------------------------------------------------------------

/// Where nobody else counts, it needs no locked instruction.
void Scoreboard::change_busy(std::uint32_t worker, std::int32_t by) {
    std::atomic<std::uint32_t>& busy = workers_[worker].busy;
    if (shape_.is_fed_by_itself && worker < shape_.workers)
        busy.store(busy.load(std::memory_order_relaxed) + static_cast<std::uint32_t>(by), std::memory_order_relaxed);
    else
        busy += static_cast<std::uint32_t>(by);
}

void Scoreboard::count_busy(std::uint32_t worker) { change_busy(worker, 1); }

// -- what is in progress ---------------------------------------------------------------------------------------------

std::span<std::atomic<std::uint64_t>> Scoreboard::ledger(std::uint32_t worker) {
    if (worker < shape_.workers) return {ledgers_ + std::size_t{worker} * shape_.at_once, shape_.at_once};
    return {ledgers_ + std::size_t{shape_.workers} * shape_.at_once +
                std::size_t{worker - shape_.workers} * slots_of_task_worker,
            1};
}

void Scoreboard::begin(std::uint32_t worker, std::uint32_t slot, InProgress what) {
    ledger(worker)[slot].store(std::uint64_t{what.whose} << 32 | what.number, std::memory_order_release);
}

[[gnu::hot]] void Scoreboard::end(std::uint32_t worker, std::uint32_t slot) {
    ledger(worker)[slot].store(0, std::memory_order_release);
    count_finished(worker);
}

[[gnu::hot]] void Scoreboard::count_finished(std::uint32_t worker) {
    WorkerRow& row = workers_[worker];
    // Nobody but the worker counts here, so it needs no locked instruction.
    row.finished.store(row.finished.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    change_busy(worker, -1);
}

void Scoreboard::clear_in_progress(std::uint32_t worker, const std::function<void(InProgress)>& tell) {
    for (std::atomic<std::uint64_t>& slot : ledger(worker)) {
        const std::uint64_t entry = slot.exchange(0);
        if (entry == 0) continue;
        --workers_[worker].busy;
        tell({.whose = static_cast<std::uint32_t>(entry >> 32), .number = static_cast<std::uint32_t>(entry)});
    }
    if (shape_.is_fed_by_itself && worker < shape_.workers) workers_[worker].busy = 0;
}

}  // namespace co::server
