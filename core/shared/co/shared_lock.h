// SharedLock: a lock for coroutines of all processes of a server.
//
//     co::SharedLock door;                                // before the processes are started
//     if (door.lock(1s) == co::LockStatus::timeout) return;
//     co::defer([&] { door.unlock(); });
//
// Taking a free one is one atomic exchange, without a system call; who finds it taken parks. When its holder dies, the
// next one gets it and is told so: `recovered`. What it guards may then be half done. (Tutorial 7.2.)
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <co/deadline.h>
#include <co/shared_memory.h>
#include <co/shared_probe.h>

namespace co {

class SharedWaiters;

enum class LockStatus : std::uint8_t { ok, recovered, timeout, cancelled };

/// "ok", "recovered", "timeout", "cancelled".
std::string_view name(LockStatus status);

class SharedLock {
  public:
    /// Throws std::system_error when there is no memory, or not two descriptors. From inside a coroutine, or with the
    /// program's kernel. The name is for reports and the studio.
    explicit SharedLock(std::string name = {});
    explicit SharedLock(Kernel& kernel, std::string name = {});
    SharedLock(const SharedLock&) = delete;
    SharedLock& operator=(const SharedLock&) = delete;
    ~SharedLock();

    /// Throws std::logic_error when this coroutine holds it already. From inside a coroutine, as the next two.
    LockStatus lock(Deadline deadline = forever);
    /// Nothing: somebody else holds it, and is alive.
    bool try_lock() { return lock(std::chrono::seconds(0)) <= LockStatus::recovered; }
    /// Throws std::logic_error when this coroutine does not hold it.
    void unlock();

  private:
    struct State;

    State& state() const;
    bool is_mine() const;
    bool take(LockStatus& how);
    LockStatus wait(TimePoint expiry);
    static std::string who_holds(const void* lock);

    SharedMemory memory_;
    SharedProbe probe_;
    std::unique_ptr<SharedWaiters> waiters_;
};

}  // namespace co
