// launch(): opens what a server needs before it has processes, starts them, and waits for their end.
//
//     return launch(server, plan);       // from inside a coroutine, or as the whole of main()
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "plan.h"
#include "stage.h"

namespace co::server {

/// What signals do to a server while it runs: terminate and interrupt stop it, user1 reloads it.
class SignalCalls {
  public:
    SignalCalls(std::function<void()> stop, std::function<void()> reload);
    SignalCalls(const SignalCalls&) = delete;
    SignalCalls& operator=(const SignalCalls&) = delete;
    ~SignalCalls();
};

/// What a worker does when they reach it instead: it lets the manager replace it, and leaves the terminal's interrupt,
/// which goes to all processes, to the server's first one.
void follow_signals(Role& role);

int launch(Server& server, const std::shared_ptr<Plan>& plan);

/// So many as are asked for, and as a process with so many descriptors can have, some left for the server itself.
std::uint32_t connections_allowed(const ServerSettings& settings, std::optional<std::size_t> descriptors);

/// The first process: it tells the program, the log and whoever waits for it that it serves; that it has stopped.
void began(Role& role);
void ended(Role& role);

/// In PROCESS mode: the first process.
int run_master(const SharedStage& stage, const ServerEvents& events);
/// Starts the workers and replaces those that end: a process of its own, or in BASE mode the first one. Returns when
/// all have ended.
int run_manager(const SharedStage& stage, const ServerEvents& events);
void run_reactor(Kernel& own, const SharedStage& stage, std::uint16_t index);
int run_worker(Kernel& own, const SharedStage& stage, std::uint16_t index);
int run_task_worker(Kernel& own, const SharedStage& stage, std::uint16_t index);
/// A worker that is the whole server.
int run_alone(const SharedStage& stage, const ServerEvents& events);

}  // namespace co::server
