// Processes: how the processes run that a script starts. Each is a Lua state of its own, as if the script had been
// forked: what one changes in a variable, the others do not see.
//
//     const Start start{.way = host.begin_start(L, "server:start()", arrive), .object = &server};
//     processes.run(own, options, "worker 1", start);       // in the fresh process; arrive() is what it is for
//
// In the simulation a state cannot be copied, so a fresh one runs the script again from its top, silently, until it
// comes to the same start call; on a real machine fork() has copied it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <co/kernel.h>
#include <co/scheduler.h>

namespace co::lessons {

class Host;
struct SharedPast;

/// What a process does at the start call that started it; `object` is what that call was made on, in its own state: a
/// server, a process.
using Arrive = std::function<void(Host& host, void* object)>;

/// A start call of a script.
struct StartCall {
    std::uint32_t number;  // among all that the script makes, from 1
    Arrive arrive;
};

/// How a process comes to be what it is. Each step of the way is inside what the step before does: a server's worker in
/// the world goes through the world.on() that started the server's own process.
struct Start {
    std::uint16_t source = 0;  // the script's index among the trace's sources
    std::vector<StartCall> way{};
    void* object = nullptr;  // of the last step, in the process that made the call
    std::shared_ptr<const SharedPast> past{};
};

class Processes {
  public:
    virtual ~Processes() = default;

    /// Runs a process that `start` has started, on its own kernel, until it ends.
    virtual void run(Kernel& own, SchedulerOptions options, const std::string& name, const Start& start) = 0;
    /// The script uses a network or processes: from now on the trace tells of the machine, too.
    virtual void uses_machine() {}
    /// The process of `host` is in server:start() now, and will be until somebody stops the server.
    virtual void serves(Host&) {}
    /// Keeps something until no process is left that may refer to it.
    virtual void keep(std::shared_ptr<void> what) = 0;
};

}  // namespace co::lessons
