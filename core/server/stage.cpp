#include "stage.h"

#include <algorithm>

#include <co/trace.h>

#include "protocol.h"

namespace co::server {
namespace {
constexpr std::uint32_t most_at_once = 16'384;          // requests of one worker; more wait in its mailbox
constexpr std::uint32_t own_coroutines = 1'000;         // of the server itself, beside one or two for each connection
constexpr std::size_t longest_task = 64 * 1024 * 1024;  // bytes of a task, its result, or a message

SchedulerOptions options_for(const ServerSettings& settings, trace::Sink* sink) {
    SchedulerOptions options;
    options.sink = sink;
    options.max_coroutines = settings.max_coroutines + 2 * settings.max_connections + own_coroutines;
    return options;
}

}  // namespace

std::size_t most_message_bytes(const Plan& plan) {
    std::size_t most = longest_task;
    for (const PortPlan& port : plan.ports)
        most = std::max(most, port.protocol ? port.protocol->most_bytes() : port.framing.max_packet);
    return most;
}

Scoreboard::Shape shape_for(const ServerSettings& settings) {
    const bool is_base =
        settings.mode == ServerMode::base;  // whose connections die with it: there is nothing to give back
    return {.connections = settings.max_connections,
            .workers = settings.workers,
            .task_workers = settings.task_workers,
            .at_once = is_base ? 0 : std::min(settings.max_coroutines, most_at_once),
            .is_fed_by_itself = is_base};
}

void run_process(Kernel& own, const Stage& stage, const std::string& name, const ServerMain& main) {
    run_process(own, *stage.plan, stage.sink, name, main);
}

void run_process(Kernel& own, const Plan& plan, trace::Sink* sink, const std::string& name, const ServerMain& main) {
    const SchedulerOptions options = options_for(plan.settings, sink);
    if (plan.runner) return plan.runner(own, options, name, main);
    // As after fork(): what the events keep inside of themselves belongs to this process.
    const ServerEvents events = plan.events;
    Scheduler scheduler(own, options);
    scheduler.run([&] { main(events); }, name);
}

void run_thread(Kernel& own, const Stage& stage, const std::string& name, Callable main) {
    Scheduler scheduler(own, options_for(stage.plan->settings, stage.sink));
    scheduler.run(std::move(main), name);
}

}  // namespace co::server
