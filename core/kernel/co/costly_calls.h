// CostlyCalls: marks a kernel whose every call costs much, as a system call does. Who can do without a call there does,
// by another way to the same end. A simulated machine is not marked: it shows every step.
//
//     co::Thrift is_thrifty(kernel);
//     if (is_thrifty) std::cout << "this machine is a real one\n";
//
// wasm/co/costly_calls.h takes the place of this file in the browser.
#pragma once

#include <co/kernel.h>

namespace co {

class CostlyCalls {
  public:
    virtual ~CostlyCalls() = default;
    /// Whoever else wants this core may have it first: for who looks for something that another process is to do.
    virtual void give_way() = 0;
};

/// Null when they cost nothing. It takes longer than a call through a pointer: ask once.
inline CostlyCalls* costly_calls(Kernel& kernel) { return dynamic_cast<CostlyCalls*>(&kernel); }

/// Whether to do without calls of a kernel.
class Thrift {
  public:
    /// Whether there may be such a kernel in this build at all: for code that must not even be compiled elsewhere.
    static constexpr bool is_possible = true;

    explicit Thrift(Kernel& kernel) : is_wanted_(costly_calls(kernel) != nullptr) {}
    operator bool() const { return is_wanted_; }

  private:
    bool is_wanted_;
};

}  // namespace co
