// Reactor: parks coroutines until a descriptor is ready. What sockets are built on.
//
//     while (true) {
//         co::Result<std::size_t> got = kernel.read(fd, buffer);
//         if (got.error() != std::errc::operation_would_block) break;
//         if (co::wait_readable(fd, 1s) != co::WaitStatus::ok) return;     // timeout, or cancelled
//     }
//
// Several coroutines may wait for one descriptor: each time that it is found ready the first of them is woken. Called
// from inside a coroutine.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <co/deadline.h>
#include <co/scheduler.h>
#include <co/wait_queue.h>
#include <co/wait_status.h>

namespace co {

enum class Direction : std::uint8_t { read, write };

/// What a wait for a descriptor is about, where the descriptor is but its means: reports and the trace tell of this.
struct WaitCause {
    trace::EventKind event;
    WaitPlace place;
    TimePoint expiry;  // of the whole wait
};

/// Is told by the loop, outside of any coroutine, that a descriptor can be read. Must not wait.
class FdReader {
  public:
    virtual void can_read() = 0;

  protected:
    ~FdReader() = default;
};

class Reactor final : public LoopDescriptors {
  public:
    /// The one of this thread's scheduler; made at the first use.
    static Reactor& current();

    explicit Reactor(Scheduler& scheduler) : scheduler_(scheduler) {}
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    /// Parks until `fd` may be read or written without waiting (or has failed: then the call says how). Throws
    /// std::system_error when the kernel cannot watch it.
    WaitStatus wait(Fd fd, Direction direction, Deadline deadline, const WaitCause* cause = nullptr);
    /// Tells `reader`, once, where no coroutine waits to read; not when forget() comes first. Throws std::system_error
    /// when the kernel cannot watch it.
    void tell(Fd fd, FdReader& reader);
    /// To be called before `fd` is closed: whoever waits for it is woken and told `cancelled`.
    void forget(Fd fd);

    // -- calls: see co/fd_events.h
    void add(Fd fd, Callable on_read, Callable on_write, std::string name);
    bool del(Fd fd);

    // -- for the loop
    std::size_t watched() const override { return watched_; }
    bool is_waited_for() const override { return waiting_ > 0; }
    void became_ready(std::span<const ReadyFd> ready) override;

  private:
    /// Who waits for one descriptor, and what the kernel watches it for: that is taken back only when it is found ready
    /// and nobody waits, so that one who reads again and again costs no call for it.
    struct Watched {
        WaitQueue waiting[2];  // by Direction
        Readiness interest;
        FdReader* reader = nullptr;

        WaitQueue& in(Direction direction) { return waiting[static_cast<std::size_t>(direction)]; }
        bool is_watched(Direction direction) const {
            return direction == Direction::read ? interest.read : interest.write;
        }
    };

    /// Who is called when a descriptor is ready, until it is deleted.
    struct Called {
        Callable on_read;
        Callable on_write;
        bool is_deleted = false;
    };

    void start_calling(Fd fd, Direction direction, std::shared_ptr<Called> called, std::string name);
    Watched& at(Fd fd) {
        const auto place = static_cast<std::size_t>(static_cast<std::uint32_t>(fd));
        return place < table_.size() && table_[place] ? *table_[place] : first_at(place);
    }
    [[gnu::noinline]] Watched& first_at(std::size_t place);
    void set_interest(Fd fd, Watched& watched, Readiness interest) {
        const Readiness now = watched.interest;
        if (interest.read != now.read || interest.write != now.write) change_interest(fd, watched, interest);
    }
    [[gnu::noinline]] void change_interest(Fd fd, Watched& watched, Readiness interest);
    bool tell_reader(Watched& watched);
    bool wake_first(Fd fd, Watched& watched, Direction direction);
    void cancel_all(WaitQueue& queue);

    Scheduler& scheduler_;
    std::vector<std::unique_ptr<Watched>> table_;  // by descriptor
    std::map<Fd, std::shared_ptr<Called>> called_;
    std::size_t watched_ = 0;
    std::size_t waiting_ = 0;
};

/// Parks until `fd` can be read, or accepted from.
inline WaitStatus wait_readable(Fd fd, Deadline deadline = forever) {
    return Reactor::current().wait(fd, Direction::read, deadline);
}
/// Parks until `fd` can be written, or its connect() has an outcome.
inline WaitStatus wait_writable(Fd fd, Deadline deadline = forever) {
    return Reactor::current().wait(fd, Direction::write, deadline);
}

}  // namespace co
