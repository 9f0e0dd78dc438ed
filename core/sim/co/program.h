// Program: what a command of the simulated machine does, for co::exec() and Kernel::spawn_command().
//
//     co::SimKernel machine;
//     machine.install("greet", [](co::sim::ProgramCall& call) {
//         call.print("hello " + call.arguments.at(0) + "\n");
//         call.sleep(10ms);
//         return 0;                                                    // its exit code
//     });
//     auto greeting = co::exec("greet ann && echo done");
//
// A program runs as a process of its own; it may wait as long as it likes, and be killed. Every simulated host has:
// cat, echo, exit, false, ls, seq, sleep, true. A command is programs with arguments, in '…' or "…" where they hold
// spaces, joined by ;, && or ||; anything else that a shell can do is refused with exit code 2.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <co/kernel.h>

namespace co::sim {

/// One run of a program. It is there until the program returns.
class ProgramCall {
  public:
    ProgramCall(Kernel& its_kernel, Fd output, std::vector<std::string> words)
        : kernel(its_kernel), arguments(std::move(words)), output_(output) {}

    /// Waits while the reader is slow. A program whose reader is gone ends here, with exit code 141 (SIGPIPE's).
    void print(std::string_view text);
    void sleep(Duration duration) { kernel.hold_thread(duration, Holding::asleep); }

    Kernel& kernel;                      // of the program's own process
    std::vector<std::string> arguments;  // without its name

  private:
    Fd output_;
};

using Program = std::function<int(ProgramCall&)>;

}  // namespace co::sim
