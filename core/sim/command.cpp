// The command calls of SimKernel: a command is a process of its own that runs the host's programs, one after the other.
#include <co/sim_kernel.h>

#include "programs.h"
#include "shell.h"
#include "stream.h"
#include "world.h"

namespace co {

using sim::Task;

namespace {

constexpr int exit_misuse = 2;  // what sh says of a line that it does not understand
constexpr int exit_not_found = 127;
constexpr int exit_reader_gone = 141;  // 128 + SIGPIPE

/// Readable when a process has ended: what pidfd_open(2) gives.
class ProcessEndFile final : public sim::OpenFile {
  public:
    explicit ProcessEndFile(const Task& process) : process_(process) {}
    Readiness readiness() const override { return {.read = process_.ended.has_value()}; }
    void closed() override {}

  private:
    const Task& process_;
};

int run_step(const sim::Computer& host, Kernel& own, Fd output, const sim::Step& step) {
    auto program = host.programs.find(step.words.front());
    if (program == host.programs.end()) return exit_not_found;
    sim::ProgramCall call(own, output, {step.words.begin() + 1, step.words.end()});
    return program->second(call);
}

int run_steps(const sim::Computer& host, Kernel& own, Fd output, const sim::Parsed& command) {
    int exit_code = 0;
    for (const sim::Step& step : command.steps) {
        if (step.join == sim::Join::if_ok && exit_code != 0) continue;
        if (step.join == sim::Join::if_failed && exit_code == 0) continue;
        exit_code = run_step(host, own, output, step);
        if (step.words.front() == "exit") break;
    }
    return exit_code;
}

int run_command(const sim::Computer& host, Kernel& own, Fd output, const std::string& line) {
    sim::Parsed command = sim::parse_command(line);
    if (command.problem) return exit_misuse;
    try {
        return run_steps(host, own, output, command);
    } catch (const sim::OutputClosed&) {
        return exit_reader_gone;
    }
}

/// The command `id` that `parent` started and has not reaped; null when there is none.
Task* command_of(const sim::World& world, const Task& parent, ProcessId id) {
    Task* command = world.find(id);
    bool is_there = command && command->parent == &parent && command->is_command && !command->is_reaped;
    return is_there ? command : nullptr;
}

}  // namespace

Result<Command> SimKernel::spawn_command(std::string_view command) {
    if (auto fault = thread_->fault(sim::Call::spawn)) return *fault;
    Task& self = thread_->process;
    if (!self.is_alive() || world_->is_full()) return std::errc::resource_unavailable_try_again;
    auto pipe = open_socket_pair(SocketKind::unix_stream);
    if (!pipe) return pipe.error();
    auto [ours, theirs] = *pipe;
    std::shared_ptr<sim::OpenFile> output = self.find(theirs)->shared_from_this();
    Fd output_there = Fd{static_cast<std::int32_t>(Task::first_descriptor)};  // the only one that it has
    sim::Computer& host = *self.host;
    auto body = [&host, output_there, line = std::string(command)](Kernel& own) {
        return run_command(host, own, output_there, line);
    };
    Task& child = world_->spawn_alone(self, std::string(command), std::move(body));
    child.is_command = true;
    static_cast<void>(child.add(std::move(output)));
    static_cast<void>(close(theirs));
    auto end = std::make_shared<ProcessEndFile>(child);
    child.end_watchers.push_back(end);
    auto ended = self.add(std::move(end));
    if (ended) return Command{child.id, ours, *ended};
    static_cast<void>(kill_command(child.id));
    static_cast<void>(reap_command(child.id));
    static_cast<void>(close(ours));
    return ended.error();
}

Result<ProcessEnd> SimKernel::reap_command(ProcessId command) {
    Task* child = command_of(*world_, thread_->process, command);
    if (!child) return std::errc::no_child_process;
    if (!child->ended) return std::errc::operation_would_block;
    world_->reap(thread_->process, *child);
    return *child->ended;
}

Result<void> SimKernel::kill_command(ProcessId command) {
    Task* child = command_of(*world_, thread_->process, command);
    if (!child) return std::errc::no_such_process;
    world_->send_signal(thread_->process, *child, Signal::kill);
    return {};
}

void SimKernel::install(std::string name, sim::Program program) {
    thread_->process.host->programs.insert_or_assign(std::move(name), std::move(program));
}

Result<void> SimKernel::call_aside(ThreadBody work) {
    Task& self = thread_->process;
    if (!self.is_alive()) return std::errc::resource_unavailable_try_again;
    self.aside.give(*world_, self, std::move(work));
    return {};
}

}  // namespace co
