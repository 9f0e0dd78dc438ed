#include <co/machine.h>

#include <algorithm>
#include <stdexcept>

#include "world.h"

namespace co::sim {
namespace {
constexpr std::string_view name_of_driver = "machine";
}

// -- processes -------------------------------------------------------------------------------------------------------

std::string_view Process::name() const { return task_->name; }
ProcessId Process::id() const { return task_->id; }
bool Process::is_alive() const { return task_->is_alive(); }
std::optional<ProcessEnd> Process::end() const { return task_->ended; }
std::string_view Process::failure() const { return task_->failure; }
std::size_t Process::descriptors() const { return task_->count_descriptors(); }

void Process::send(Signal signal) const { task_->signal(signal); }
bool Process::watches(Signal signal) const { return World::is_watched(*task_, signal); }

void Process::fail(Call call, std::errc why, std::uint64_t nth) {
    task_->plan({call, std::max<std::uint64_t>(nth, 1), why, {}});
}

void Process::delay(Call call, Duration by, std::uint64_t nth) {
    task_->plan({call, std::max<std::uint64_t>(nth, 1), std::nullopt, by});
}

// -- hosts -----------------------------------------------------------------------------------------------------------

std::string_view Host::name() const { return computer_->name; }
Address Host::address(std::uint16_t port) const { return computer_->address(port); }

Process Host::start(std::function<void()> main) { return start(computer_->name, std::move(main)); }

Process Host::start(std::string name, std::function<void()> main) {
    trace::Sink* sink = computer_->world.options.sink;
    auto body = [main = std::move(main), name, sink](Kernel& own) {
        Scheduler scheduler(own, {.sink = sink});
        RunReport report = scheduler.run(main, name);
        if (!report.ok()) throw std::runtime_error(report.text());
        return 0;
    };
    return start_bare(std::move(name), std::move(body));
}

Process Host::start_bare(std::string name, ProcessBody body) {
    return Process(computer_->world.spawn(nullptr, *computer_, std::move(name), std::move(body)));
}

Process Host::process(std::string_view name) const {
    auto& all = computer_->world.processes;
    for (auto entry = all.rbegin(); entry != all.rend(); ++entry)
        if (entry->second->host == computer_ && entry->second->name == name) return Process(*entry->second);
    throw std::out_of_range("no process '" + std::string(name) + "' was ever started on host '" + computer_->name +
                            "'");
}

void Host::unplug() {
    computer_->is_down = true;
    computer_->world.network.begin_probes();
}
void Host::plug_in() { computer_->is_down = false; }
void Host::write_file(std::string path, std::string content) {
    computer_->files.insert_or_assign(std::move(path), std::move(content));
}

void Host::install(std::string name, Program program) {
    computer_->programs.insert_or_assign(std::move(name), std::move(program));
}

// -- the machine -----------------------------------------------------------------------------------------------------

Machine::Machine(const SimOptions& options) : own_(std::make_unique<World>(options)), world_(own_.get()) {
    world_->adopt_caller(nullptr, std::string(name_of_driver));
}

Machine::Machine(SimKernel& first) : world_(first.world_), first_(&first) {}

Machine::~Machine() = default;

void Machine::trace_to(trace::Sink& sink) {
    world_->options.sink = &sink;
    world_->network.tell_hosts();
}

Host Machine::host(std::string name) {
    Computer* known = world_->network.find(name);
    return Host(known ? *known : world_->network.add_host(std::move(name), {}));
}

Host Machine::host(std::string name, const HostOptions& options) {
    Computer* known = world_->network.find(name);
    if (!known) return Host(world_->network.add_host(std::move(name), options));
    known->options = options;
    known->is_down = options.is_down;
    world_->network.begin_probes();
    return Host(*known);
}

void Machine::partition(const Host& a, const Host& b) { world_->network.cut(*a.computer_, *b.computer_); }
void Machine::heal(const Host& a, const Host& b) { world_->network.heal(*a.computer_, *b.computer_); }

void Machine::lose_next() { world_->network.next_is_lost = true; }
void Machine::delay_next(Duration by) { world_->network.next_is_late = by; }

std::vector<Process> Machine::processes() const {
    std::vector<Process> alive;
    for (const auto& [id, task] : world_->processes)
        if (task->host && task->is_alive()) alive.push_back(Process(*task));
    return alive;
}

std::vector<Host> Machine::hosts() const {
    std::vector<Host> all;
    for (const auto& computer : world_->network.hosts()) all.push_back(Host(*computer));
    return all;
}

TimePoint Machine::now() const { return world_->engine.now(); }

void Machine::at(Duration time, Callable action) { world_->engine.at(TimePoint(time), std::move(action)); }

void Machine::settle() {
    while (first_ && world_->engine.others_can_run()) static_cast<void>(first_->wait({}, now()));
}

void Machine::when_quiet(Callable action, std::optional<Duration> at_the_latest) {
    world_->engine.when_quiet(std::move(action), at_the_latest ? TimePoint(*at_the_latest) : TimePoint::max());
}

void Machine::run_for(Duration duration) { drive(now() + duration); }
void Machine::run() { drive(TimePoint::max()); }

void Machine::drive(TimePoint until) {
    if (!own_) throw std::logic_error("this machine's first process moves its clock, by waiting");
    world_->engine.drive(until);
}

MachineStats Machine::stats() const {
    MachineStats stats{.shared_segments = world_->shared_segments(), .bad_closes = world_->bad_closes};
    for (const auto& [id, task] : world_->processes) {
        if (!task->host) continue;  // the caller
        stats.alive += task->is_alive();
        stats.zombies += !task->is_alive() && !task->is_reaped;
        stats.descriptors += task->count_descriptors();
    }
    return stats;
}

std::vector<std::string> Machine::failures() const {
    std::vector<std::string> texts;
    for (const auto& [id, task] : world_->processes)
        if (!task->failure.empty()) texts.push_back(task->name + ": " + task->failure);
    return texts;
}

}  // namespace co::sim
