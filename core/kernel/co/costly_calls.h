// CostlyCalls: marks a kernel whose every call costs much, as a system call does. Who can do without a call there does,
// by another way to the same end. A simulated machine is not marked: it shows every step.
//
//     if (co::has_costly_calls(kernel)) std::cout << "this machine is a real one\n";
#pragma once

#include <co/kernel.h>

namespace co {

class CostlyCalls {
  public:
    virtual ~CostlyCalls() = default;
    /// Whoever else wants this core may have it first: for who looks for something that another process is to do.
    virtual void give_way() = 0;
};

/// It takes longer than a call through a pointer: ask once.
inline bool has_costly_calls(const Kernel& kernel) { return dynamic_cast<const CostlyCalls*>(&kernel) != nullptr; }

}  // namespace co
