// RunOrder: who of the ready coroutines runs next, where the order in which they were woken is not to decide. For a
// schedule that a person laid down, or one that a search tries.
//
//     struct Backwards : co::RunOrder {
//         std::size_t next(std::span<const co::CoroutineId> ready) override { return ready.size() - 1; }
//     };
//     Backwards order;
//     co::Scheduler scheduler(kernel, {.run_order = &order});
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace co {

class RunOrder {
  public:
    virtual ~RunOrder() = default;
    /// `ready`: their ids, the one woken first in front; at least one. Returns the position of the one that runs
    /// (beyond the last: the last). Called by the event loop each time that it runs somebody; go() and resume() ask
    /// nobody.
    virtual std::size_t next(std::span<const std::uint32_t> ready) = 0;
};

}  // namespace co
