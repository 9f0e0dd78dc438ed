// A simulated thread: what it waits for, and what it finds.
#include <algorithm>

#include "task.h"
#include "world.h"

namespace co::sim {

Thread::Thread(World& world, Task& owner, std::uint32_t its_number, std::string its_name)
    : process(owner), number(its_number), name(std::move(its_name)), kernel(world.kernel_of(*this)) {}

Thread::~Thread() {
    for (auto& [fd, watch] : watches) watch.file->remove(watch);
}

Engine& Thread::engine() const { return process.world.engine; }
bool Thread::is_first() const { return process.threads.front().get() == this; }

void Thread::run_body() {
    try {
        body(*kernel);
    } catch (const ProcessKilled&) {
        return;
    } catch (const std::exception& error) {
        process.failure = error.what();
        process.end(1, std::nullopt);
    } catch (...) {
        process.failure = "an exception that is not a std::exception";
        process.end(1, std::nullopt);
    }
    body = nullptr;  // what it owns goes with it
}

// -- waiting ---------------------------------------------------------------------------------------------------------

/// Does what is due now. That may be the end of this very thread's process: then it does not come back.
void Thread::catch_up() {
    engine().catch_up();
    if (strand.state == ThreadState::dead && !strand.is_torn_down) engine().hand_over(*this);
}

bool Thread::has_reason_to_run() {
    if (is_interrupted || !signals.empty()) return true;
    return std::ranges::any_of(candidates, [](const Watch* watch) { return any(watch->found()); });
}

Result<std::size_t> Thread::wait(std::span<ReadyFd> ready, TimePoint until) {
    // A destructor that waits while the thread unwinds must not throw a second exception.
    if (strand.is_torn_down && std::uncaught_exceptions() > 0) return std::errc::operation_canceled;
    catch_up();
    bool need_not_wait = until <= engine().now() || has_reason_to_run();
    if (!need_not_wait) {
        strand.state = ThreadState::waiting;
        engine().set_alarm(*this, until);
        engine().hand_over(*this);
        engine().clear_alarm(*this);
    } else if (strand.is_torn_down || engine().others_can_run()) {
        engine().hand_over(*this);
    }
    is_interrupted = false;
    std::size_t found = collect(ready);
    bool is_stuck = engine().is_stuck() && !need_not_wait && found == 0 && signals.empty();
    if (is_stuck && until == TimePoint::max()) return std::errc::resource_deadlock_would_occur;
    return found;
}

void Thread::hold(Duration duration) {
    catch_up();
    strand.state = ThreadState::held;
    engine().set_alarm(*this, engine().now() + std::max(Duration::zero(), duration));
    engine().hand_over(*this);
}

void Thread::pass(Duration duration) {
    bool unwinds = strand.is_torn_down && std::uncaught_exceptions() > 0;
    if (duration > Duration::zero() && !unwinds) hold(duration);
}

/// Those that are ready come out in the order in which they became so, unless the seed says otherwise; each stays a
/// candidate, for readiness is level-triggered.
std::size_t Thread::collect(std::span<ReadyFd> ready) {
    std::size_t found = 0;
    for (std::size_t looked_at = candidates.size(); looked_at > 0 && found < ready.size(); --looked_at) {
        auto chosen = candidates.begin() + static_cast<std::ptrdiff_t>(process.world.chance.choose(looked_at));
        Watch& watch = **chosen;
        candidates.erase(chosen);
        Readiness readiness = watch.found();
        watch.is_candidate = any(readiness);
        if (!watch.is_candidate) continue;
        candidates.push_back(&watch);
        ready[found++] = {watch.fd, readiness};
    }
    return found;
}

// -- watching --------------------------------------------------------------------------------------------------------

Result<void> Thread::watch(Fd fd, Readiness interest) {
    OpenFile* file = process.find(fd);
    if (!file) return std::errc::bad_file_descriptor;
    auto [entry, is_new] = watches.try_emplace(fd);
    Watch& watch = entry->second;
    if (is_new) {
        watch.thread = this;
        watch.fd = fd;
        watch.file = file->shared_from_this();
        file->add(watch);
    }
    watch.interest = interest;
    if (any(watch.found())) may_be_ready(watch);
    return {};
}

bool Thread::unwatch(Fd fd) {
    auto entry = watches.find(fd);
    if (entry == watches.end()) return false;
    std::erase(candidates, &entry->second);
    entry->second.file->remove(entry->second);
    watches.erase(entry);
    return true;
}

void Thread::may_be_ready(Watch& watch) {
    if (!std::exchange(watch.is_candidate, true)) candidates.push_back(&watch);
    engine().wake(*this);
}

}  // namespace co::sim
