// The browser's core/kernel/co/costly_calls.h: its only machine is the simulated one, whose calls cost nothing. What is
// done where they do need not be in the page, and the compiler leaves it out.
#pragma once

#include <co/kernel.h>

namespace co {

class CostlyCalls {
  public:
    void give_way() {}
};

constexpr CostlyCalls* costly_calls(Kernel&) { return nullptr; }

class Thrift {
  public:
    static constexpr bool is_possible = false;

    constexpr explicit Thrift(Kernel&) {}
    constexpr operator bool() const { return false; }
};

}  // namespace co
