// When a coroutine's stack overflows, the process dies saying so: "stack overflow in coroutine 3 (256 KiB, …)".
//
//     co::OverflowReports reports;     // for this thread, as long as it lives; co::run() has one
//
// Without it an overflow is a plain segmentation fault: the guard page catches it all the same.
#pragma once

#include <cstddef>
#include <memory>

namespace co {

class OverflowReports {
  public:
    /// Throws std::system_error when the thread's signal stack cannot be set.
    OverflowReports();
    OverflowReports(const OverflowReports&) = delete;
    OverflowReports& operator=(const OverflowReports&) = delete;
    ~OverflowReports();

  private:
    struct Before;  // what was installed before
    std::unique_ptr<Before> before_;
};

}  // namespace co
