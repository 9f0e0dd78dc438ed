// Lifeline: how the processes of a server notice that the first one is gone, however it ended: only that one holds one
// end of a connection, and all others read the end of it.
//
//     Lifeline lifeline = *Lifeline::open(kernel);                  // before the first process is started
//     lifeline.hold_on(role, [&] { worker.stop(); });               // in each of them
#pragma once

#include <functional>

#include <co/kernel.h>

namespace co::server {

class Role;

class Lifeline {
  public:
    static Result<Lifeline> open(Kernel& kernel);

    /// Calls `broken` once the first process is gone.
    void hold_on(Role& role, std::function<void()> broken) const;
    /// Before a process ends in good order.
    void let_go() const;
    void close(Kernel& kernel) const;

  private:
    Fd of_first_{};
    Fd of_others_{};
};

}  // namespace co::server
