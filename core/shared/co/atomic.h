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
#include <string>
#include <type_traits>
#include <utility>

#include <co/deadline.h>
#include <co/shared_memory.h>
#include <co/shared_probe.h>
#include <co/wait_status.h>

namespace co {

class SharedWaiters;

/// A number in shared memory, without wait().
template <typename Number>
class SharedNumber {
  public:
    SharedNumber(Kernel& kernel, Number value, std::string name)
        : memory_(kernel, sizeof(std::atomic<Number>)),
          probe_(kind, std::move(name), static_cast<std::int64_t>(value)) {
        number().store(value);
    }

    /// The sum; beyond its range it goes on at the other end.
    Number add(Number by = 1) {
        const auto sum = static_cast<Number>(Bits(number().fetch_add(by)) + Bits(by));
        if (SharedProbe::traces()) [[unlikely]]
            tell(trace::EventKind::shared_write, "add", by, sum);
        return sum;
    }
    Number sub(Number by = 1) {
        const auto left = static_cast<Number>(Bits(number().fetch_sub(by)) - Bits(by));
        if (SharedProbe::traces()) [[unlikely]]
            tell(trace::EventKind::shared_write, "sub", by, left);
        return left;
    }
    Number get() const {
        const Number value = number().load();
        if (SharedProbe::traces()) [[unlikely]]
            probe_.tell(trace::EventKind::shared_read, {.value = static_cast<std::int64_t>(value), .text = "get()"});
        return value;
    }
    void set(Number value) {
        number().store(value);
        if (SharedProbe::traces()) [[unlikely]]
            tell(trace::EventKind::shared_write, "set", value, value);
    }
    /// Sets it to `desired` if it is `expected`, and says whether.
    bool cmpset(Number expected, Number desired) {
        Number was = expected;
        const bool is_set = number().compare_exchange_strong(was, desired);
        if (SharedProbe::traces()) [[unlikely]]
            tell_cmpset(expected, desired, is_set ? desired : was, is_set);
        return is_set;
    }

  protected:
    const SharedProbe& probe() const { return probe_; }
    std::atomic<Number>& number() const { return *memory_.as<std::atomic<Number>>(); }

  private:
    using Bits = std::make_unsigned_t<Number>;  // they may overflow
    static constexpr SharedKind kind = sizeof(Number) > 4 ? SharedKind::long_number : SharedKind::number;

    void tell(trace::EventKind event, std::string_view call, Number argument, Number value) const {
        probe_.tell_number(event, call, static_cast<std::int64_t>(argument), static_cast<std::int64_t>(value));
    }
    void tell_cmpset(Number expected, Number desired, Number now, bool is_set) const {
        const std::string call = "cmpset(" + std::to_string(expected) + ", " + std::to_string(desired) + ')';
        probe_.tell(is_set ? trace::EventKind::shared_write : trace::EventKind::shared_refused,
                    {.value = static_cast<std::int64_t>(now), .text = call});
    }

    SharedMemory memory_;
    SharedProbe probe_;
};

class AtomicLong : public SharedNumber<std::int64_t> {
  public:
    /// The name is for reports and the studio.
    explicit AtomicLong(std::int64_t value = 0, std::string name = {});
    AtomicLong(Kernel& kernel, std::int64_t value, std::string name = {})
        : SharedNumber(kernel, value, std::move(name)) {}
};

class Atomic : public SharedNumber<std::uint32_t> {
  public:
    /// Throws std::system_error when there is no memory, or not two descriptors.
    explicit Atomic(std::uint32_t value = 0, std::string name = {});
    Atomic(Kernel& kernel, std::uint32_t value, std::string name = {});
    ~Atomic();

    /// When it is 1: sets it to 0 and goes on. Else parks until wake(). From inside a coroutine. When a process died in
    /// wait(), one wait too many may go on.
    WaitStatus wait(Deadline deadline = forever);
    /// Sets it to 1 if it is 0, and lets at most so many waiters go on.
    void wake(std::uint32_t most = 1);

  private:
    bool take_one();

    SharedMemory waiting_;
    std::unique_ptr<SharedWaiters> waiters_;
};

}  // namespace co
