// Atomic, AtomicLong: a number that all processes of a server share.
//
//     co::Atomic hits(0);
//     co::AtomicLong bytes(0);
//     hits.add(1);                                       // in any process, from any thread
//     if (hits.wait(1s) == co::WaitStatus::timeout) return;
//     hits.wake();
//
// Made before the processes are started, from inside a coroutine or with the program's kernel. Each call is one
// instruction of the processor; numbers wrap around. (Tutorial 7.3.)
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <type_traits>

#include <co/deadline.h>
#include <co/shared_memory.h>
#include <co/wait_status.h>

namespace co {

class SharedWaiters;

/// A number in shared memory, without wait().
template <typename Number>
class SharedNumber {
  public:
    SharedNumber(Kernel& kernel, Number value) : memory_(kernel, sizeof(std::atomic<Number>)) { number().store(value); }

    /// The sum; beyond its range it goes on at the other end.
    Number add(Number by = 1) { return static_cast<Number>(Bits(number().fetch_add(by)) + Bits(by)); }
    Number sub(Number by = 1) { return static_cast<Number>(Bits(number().fetch_sub(by)) - Bits(by)); }
    Number get() const { return number().load(); }
    void set(Number value) { number().store(value); }
    /// Sets it to `desired` if it is `expected`, and says whether.
    bool cmpset(Number expected, Number desired) { return number().compare_exchange_strong(expected, desired); }

  private:
    using Bits = std::make_unsigned_t<Number>;  // they may overflow

    std::atomic<Number>& number() const { return *memory_.as<std::atomic<Number>>(); }

    SharedMemory memory_;
};

class AtomicLong : public SharedNumber<std::int64_t> {
  public:
    explicit AtomicLong(std::int64_t value = 0);
    AtomicLong(Kernel& kernel, std::int64_t value) : SharedNumber(kernel, value) {}
};

class Atomic : public SharedNumber<std::uint32_t> {
  public:
    /// Throws std::system_error when there is no memory, or not two descriptors.
    explicit Atomic(std::uint32_t value = 0);
    Atomic(Kernel& kernel, std::uint32_t value);
    ~Atomic();

    /// When it is 1: sets it to 0 and goes on. Else parks until wake(). From inside a coroutine. When a process died in
    /// wait(), one wait too many may go on.
    WaitStatus wait(Deadline deadline = forever);
    /// Sets it to 1 if it is 0, and lets at most so many waiters go on.
    void wake(std::uint32_t most = 1);

  private:
    SharedMemory waiting_;
    std::unique_ptr<SharedWaiters> waiters_;
};

}  // namespace co
