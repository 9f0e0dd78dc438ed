// Stage: what is set up before any process of a server starts, and what each of them is given. It is read, never
// changed: on a real machine each process has a copy of it.
//
//     std::shared_ptr<const Stage> stage = …;
//     kernel.spawn_process("worker#1", [stage](Kernel& own) { return run_worker(own, stage, 0); });
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <co/log_sink.h>
#include <co/scheduler.h>
#include <co/server.h>

#include "lifeline.h"
#include "plan.h"
#include "post.h"
#include "scoreboard.h"

namespace co::server {

struct Stage {
    Server& server;
    std::shared_ptr<Plan> plan;
    Scoreboard board;
    std::span<std::byte> memory;  // the board's
    Mailboxes boxes;
    Lifeline lifeline;
    std::vector<std::vector<Fd>> listeners;  // of each port one, or in BASE mode one for each worker; datagrams too
    trace::Sink* sink;
    std::shared_ptr<LogSink> log;  // null: the machine has none
    std::function<void()> serves;  // to be called once it does; a daemon's caller waits for it
    bool is_alone;                 // BASE mode in the process that called start(): there is no other

    /// The one of that port from which the worker, or reactor, with that number takes what comes.
    Fd listener(std::size_t port, std::size_t owner) const {
        const std::vector<Fd>& all = listeners[port];
        return all[owner % all.size()];
    }
};

using SharedStage = std::shared_ptr<const Stage>;

/// Most bytes of a message: the longest packet, and what may stand around it.
std::size_t most_message_bytes(const Plan& plan);
Scoreboard::Shape shape_for(const ServerSettings& settings);

/// Runs `main` as the first coroutine of a process of the server, and all that it starts.
void run_process(Kernel& own, const Stage& stage, const std::string& name, const ServerMain& main);
/// Before there is a stage.
void run_process(Kernel& own, const Plan& plan, trace::Sink* sink, const std::string& name, const ServerMain& main);
/// The same of a thread: its events are those of the process that called start().
void run_thread(Kernel& own, const Stage& stage, const std::string& name, Callable main);

}  // namespace co::server
