#include <co/reactor.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace co {

using trace::EventKind;

namespace {

std::uint32_t number(Fd fd) { return static_cast<std::uint32_t>(fd); }
std::string_view name(Direction direction) { return direction == Direction::read ? "read" : "write"; }
bool any(Readiness interest) { return interest.read || interest.write; }

// So long until a kernel that cannot watch one more descriptor is asked again.
constexpr Duration ask_again = std::chrono::milliseconds(10);
/// Out of memory, or at the user's limit of watches (epoll_ctl(2)): others let go of theirs.
bool may_pass(std::error_code why) {
    return why == std::errc::not_enough_memory || why == std::errc::no_space_on_device;
}

/// Calls `watch` until the kernel does it, as one of `queue`; or says why the wait is over before it began.
template <typename Watch>
[[gnu::noinline]] WaitStatus watch_at_last(Scheduler& scheduler, WaitQueue& queue, WaitPlace place, TimePoint expiry,
                                           Watch watch) {
    for (;;) {
        try {
            watch();
            return WaitStatus::ok;
        } catch (const std::system_error& error) {
            if (!may_pass(error.code())) throw;
        }
        WaitNode waiter(scheduler.running());
        queue.push_back(waiter);
        const WaitStatus status = scheduler.park(place, std::min(expiry, scheduler.now() + ask_again), &waiter);
        if (status != WaitStatus::timeout || scheduler.now() >= expiry) return status;
    }
}

/// Counts one that waits, however its wait ends.
class Counted {
  public:
    explicit Counted(std::size_t& count) : count_(count) { ++count_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --count_; }

  private:
    std::size_t& count_;
};

}  // namespace

[[gnu::hot]] Reactor& Reactor::current() {
    Scheduler& scheduler = Scheduler::current();
    if (!scheduler.descriptors()) scheduler.set_descriptors(std::make_unique<Reactor>(scheduler));
    return static_cast<Reactor&>(*scheduler.descriptors());
}

[[gnu::hot]] WaitStatus Reactor::wait(Fd fd, Direction direction, Deadline deadline, const WaitCause* cause) {
    bool reads = direction == Direction::read;
    WaitNode waiter(scheduler_.running());
    const std::optional<TimePoint> until = scheduler_.wait_until(deadline);
    if (!until) {
        if (!cause) scheduler_.record(EventKind::fd_pass, {.object = number(fd), .text = name(WaitStatus::timeout)});
        return WaitStatus::timeout;
    }
    const TimePoint expiry = *until;
    Watched& watched = at(fd);
    WaitQueue& queue = watched.in(direction);
    const WaitPlace place{.kind = reads ? WaitKind::read : WaitKind::write, .object = number(fd)};
    Counted counted(waiting_);
    if (!watched.is_watched(direction)) [[unlikely]] {
        const WaitStatus begun = watch_at_last(scheduler_, queue, cause ? cause->place : place, expiry, [&] {
            set_interest(fd, watched, {watched.interest.read || reads, watched.interest.write || !reads});
        });
        if (begun != WaitStatus::ok) return begun;
    }
    queue.push_back(waiter);
    if (cause) [[unlikely]] {
        scheduler_.record(cause->event, {.object = cause->place.object, .value = event_time(cause->expiry)});
        return scheduler_.park(cause->place, expiry, &waiter);
    }
    if (scheduler_.traces()) [[unlikely]]
        scheduler_.record(EventKind::fd_wait,
                          {.object = number(fd), .value = event_time(expiry), .text = name(direction)});
    return scheduler_.park(place, expiry, &waiter);
}

[[gnu::hot]] void Reactor::tell(Fd fd, FdReader& reader) {
    Watched& watched = at(fd);
    if (!watched.interest.read) [[unlikely]]
        change_interest(fd, watched, {.read = true, .write = watched.interest.write});
    if (!std::exchange(watched.reader, &reader)) ++waiting_;
}

void Reactor::forget(Fd fd) {
    if (auto entry = called_.find(fd); entry != called_.end()) {
        entry->second->is_deleted = true;
        called_.erase(entry);
    }
    if (number(fd) >= table_.size() || !table_[number(fd)]) return;
    Watched& watched = *table_[number(fd)];
    if (std::exchange(watched.reader, nullptr)) --waiting_;
    cancel_all(watched.in(Direction::read));
    cancel_all(watched.in(Direction::write));
    set_interest(fd, watched, {});
}

void Reactor::add(Fd fd, Callable on_read, Callable on_write, std::string name) {
    bool reads = bool(on_read), writes = bool(on_write);
    if (!reads && !writes) throw std::logic_error("event::add(): neither a function to read nor one to write");
    if (called_.contains(fd))
        throw std::logic_error("event::add(): descriptor " + std::to_string(number(fd)) +
                               " has been added already; event::del() it first");
    Watched& watched = at(fd);
    set_interest(fd, watched, {watched.interest.read || reads, watched.interest.write || writes});
    auto called = std::make_shared<Called>(Called{std::move(on_read), std::move(on_write)});
    called_.emplace(fd, called);
    if (reads) start_calling(fd, Direction::read, called, name);
    if (writes) start_calling(fd, Direction::write, called, name);
}

void Reactor::start_calling(Fd fd, Direction direction, std::shared_ptr<Called> called, std::string name) {
    auto call_again_and_again = [this, fd, direction, called = std::move(called)] {
        Callable& callback = direction == Direction::read ? called->on_read : called->on_write;
        while (!called->is_deleted && wait(fd, direction, forever) == WaitStatus::ok)
            if (!called->is_deleted) callback();
    };
    scheduler_.go(std::move(call_again_and_again), {.name = std::move(name)}, {});
}

bool Reactor::del(Fd fd) {
    if (!called_.contains(fd)) return false;
    forget(fd);
    return true;
}

[[gnu::hot]] void Reactor::became_ready(std::span<const ReadyFd> ready) {
    for (const ReadyFd& found : ready) {
        Watched& watched = at(found.fd);
        Readiness wanted = watched.interest;
        // One who waits in vain for a connection that is gone learns it from the call that comes next.
        if (found.readiness.read || found.readiness.hangup)
            wanted.read = wake_first(found.fd, watched, Direction::read);
        if (found.readiness.write || found.readiness.hangup) [[unlikely]]
            wanted.write = wake_first(found.fd, watched, Direction::write);
        set_interest(found.fd, watched, wanted);
    }
}

// -- private ---------------------------------------------------------------------------------------------------------

Reactor::Watched& Reactor::first_at(std::size_t place) {
    if (place >= table_.size()) table_.resize(place + 1);
    table_[place] = std::make_unique<Watched>();
    return *table_[place];
}

void Reactor::change_interest(Fd fd, Watched& watched, Readiness interest) {
    bool was_watched = any(watched.interest);
    Kernel& kernel = scheduler_.kernel();
    auto done = any(interest) ? kernel.watch(fd, interest) : kernel.unwatch(fd);
    if (!done && any(interest))
        throw std::system_error(done.error(), "watching descriptor " + std::to_string(number(fd)));
    watched.interest = interest;
    if (any(interest) && !was_watched) ++watched_;
    if (!any(interest) && was_watched) --watched_;
    scheduler_.record(EventKind::fd_watch, {.object = number(fd), .value = interest.read + 2 * interest.write});
}

/// Whether somebody waited.
bool Reactor::wake_first(Fd fd, Watched& watched, Direction direction) {
    WaitNode* first = watched.in(direction).front();
    if (!first) return direction == Direction::read && tell_reader(watched);
    if (scheduler_.traces()) [[unlikely]]
        scheduler_.record(EventKind::fd_ready, {.object = number(fd),
                                                .other = id_of(*first->coroutine),
                                                .value = direction == Direction::write,
                                                .text = name(direction)});
    scheduler_.wake(*first->coroutine, WaitStatus::ok);
    return true;
}

bool Reactor::tell_reader(Watched& watched) {
    FdReader* reader = std::exchange(watched.reader, nullptr);
    if (!reader) return false;
    --waiting_;
    reader->can_read();
    return true;
}

void Reactor::cancel_all(WaitQueue& queue) {
    while (WaitNode* first = queue.front()) scheduler_.wake(*first->coroutine, WaitStatus::cancelled);
}

}  // namespace co
