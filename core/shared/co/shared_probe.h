// SharedProbe: what the trace is told of a piece of shared memory, and under which number and name. For those who build
// a primitive on it.
//
//     co::SharedProbe probe(co::SharedKind::number, "hits", 0);
//     if (co::SharedProbe::traces()) probe.tell(co::trace::EventKind::shared_write, {.value = 7, .text = "set(7)"});
//
// All processes use the number that the one had in which it was made. Without a trace a call costs one branch.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include <co/scheduler.h>

namespace co {

enum class SharedKind : std::uint8_t { table, number, long_number, lock };

class SharedProbe {
  public:
    /// `value`: how many rows it has room for, or which number it is.
    SharedProbe(SharedKind kind, std::string name, std::int64_t value);
    SharedProbe(const SharedProbe&) = delete;
    SharedProbe& operator=(const SharedProbe&) = delete;

    /// Whether anybody listens to the running coroutine.
    static bool traces() {
        const Scheduler* scheduler = Scheduler::current_or_null();
        return scheduler && scheduler->traces();
    }
    /// From inside a coroutine; `probe.object` is set here.
    void tell(trace::EventKind kind, Scheduler::Probe probe) const;
    /// A call on a number and what the number is afterwards: "add(2)", 7.
    void tell_number(trace::EventKind kind, std::string_view call, std::int64_t argument, std::int64_t value) const;

    /// From inside a coroutine.
    std::uint32_t number() const;
    const std::string& name() const { return name_; }

  private:
    void announce(Scheduler& scheduler) const;

    SharedKind kind_;
    std::string name_;
    std::int64_t value_;
    // Made without a scheduler it gets its number from the first one that uses it.
    mutable std::atomic<std::uint32_t> number_{0};
};

/// A text as calls show it: in quotes, on one line, and not longer than people read.
std::string shown_text(std::string_view text);

}  // namespace co
