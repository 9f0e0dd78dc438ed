// Children: functions that run in processes of their own, each with a line to its parent.
//
//     co::Children children;
//     auto child = children.start("resizer", [](co::Stream& parent) {
//         if (auto job = parent.read_some()) static_cast<void>(parent.write_all("done: " + *job));
//     });
//     if (!child || !child->line.write_all("photo 1")) return;
//     auto answer = child->line.read_some(2s);
//     auto end = children.wait(child->id, 2s);       // how it ended: exit code, or the signal
//
// A child shares nothing with its parent but descriptors and shared memory. Called from inside a coroutine; one object
// for all children of a process, because the system tells only that *some* child has ended. (Tutorial 8, Process.)
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <co/deadline.h>
#include <co/kernel.h>
#include <co/result.h>
#include <co/stream.h>

namespace co {

struct Child {
    ProcessId id{};
    Stream line{};  // to the child; what it writes comes out here, and its end as the end of the stream
};

class Children {
  public:
    using Body = std::function<void(Stream& parent)>;
    /// Runs the fresh process: a scheduler whose first coroutine calls `main`. Its result is the exit code.
    using Runner = std::function<int(Kernel& own, const std::string& name, const std::function<void()>& main)>;

    Children();
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;
    ~Children();

    /// `body` runs as the first coroutine of a process. Its exit code is 0, or 1 when something failed in it. `runner`:
    /// for programs that need something of their own around it, like an interpreter.
    Result<Child> start(const std::string& name, Body body, const Runner& runner = {});
    /// Parks until that child has ended; then how. Also when it has already, but once for each:
    /// std::errc::no_child_process for one that is not ours or was waited for.
    Result<ProcessEnd> wait(ProcessId child, Deadline deadline = forever);
    Result<void> kill(ProcessId child, Signal signal = Signal::terminate);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace co
