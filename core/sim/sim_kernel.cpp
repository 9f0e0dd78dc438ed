#include <co/sim_kernel.h>

#include <algorithm>

#include "stream.h"
#include "world.h"

namespace co {

using sim::Task;

namespace {
constexpr std::string_view name_of_first = "main";
}  // namespace

SimKernel::SimKernel(SimOptions options) : own_(std::make_unique<sim::World>(options)), world_(own_.get()) {
    sim::Computer& host = world_->network.add_host(options.host, {});
    thread_ = &world_->adopt_caller(&host, std::string(name_of_first));
}

SimKernel::SimKernel(sim::World& world, sim::Thread& thread) : world_(&world), thread_(&thread) {}

SimKernel::~SimKernel() = default;

std::uint64_t SimKernel::seed() const { return world_->chance.seed(); }

void SimKernel::reseed(std::uint64_t seed) { world_->chance = sim::Chance(seed); }

// -- clock, chance, waiting ------------------------------------------------------------------------------------------

TimePoint SimKernel::now() const { return world_->engine.now(); }

std::chrono::system_clock::time_point SimKernel::wall_now() const {
    constexpr std::chrono::sys_days start = std::chrono::year(2000) / 1 / 1;
    return start + std::chrono::duration_cast<std::chrono::system_clock::duration>(now().time_since_epoch());
}

std::uint64_t SimKernel::random() { return world_->chance.random(); }
std::size_t SimKernel::choose(std::size_t count) { return world_->chance.choose(count); }

void SimKernel::hold_thread(Duration duration, Holding) { thread_->hold(duration); }

Result<std::size_t> SimKernel::wait(std::span<ReadyFd> ready, TimePoint until) { return thread_->wait(ready, until); }

void SimKernel::interrupt() {
    thread_->is_interrupted = true;
    world_->engine.wake(*thread_);
}

Result<void> SimKernel::watch(Fd fd, Readiness interest) { return thread_->watch(fd, interest); }

Result<void> SimKernel::unwatch(Fd fd) {
    if (!thread_->unwatch(fd)) return std::errc::no_such_file_or_directory;  // as epoll_ctl(2)
    return {};
}

// -- processes, signals ----------------------------------------------------------------------------------------------

ProcessId SimKernel::process_id() const { return thread_->process.id; }

std::uint32_t SimKernel::trace_number() const { return thread_->number == 1 ? 0 : thread_->number; }

Result<ProcessId> SimKernel::spawn_process(std::string_view name, ProcessBody body) {
    if (auto fault = thread_->fault(sim::Call::spawn)) return *fault;
    Task& self = thread_->process;
    if (!self.is_alive() || world_->is_full()) return std::errc::resource_unavailable_try_again;
    return world_->spawn(&self, *self.host, std::string(name), std::move(body)).id;
}

Result<void> SimKernel::spawn_thread(std::string_view name, ThreadBody body) {
    Task& self = thread_->process;
    if (!self.is_alive()) return std::errc::resource_unavailable_try_again;
    world_->spawn_thread(self, std::string(name), std::move(body));
    return {};
}

Result<std::optional<ProcessEnd>> SimKernel::reap_child() { return world_->reap(thread_->process); }

Result<void> SimKernel::send_signal(ProcessId process, Signal signal) {
    Task* target = world_->find(process);
    if (!target || target->is_reaped) return std::errc::no_such_process;
    bool ends_the_machine = own_ && target == &thread_->process && !world_->is_watched(*target, signal);
    if (ends_the_machine && signal != Signal::child) return std::errc::function_not_supported;
    world_->send_signal(thread_->process, *target, signal);
    if (!thread_->process.is_alive()) world_->engine.hand_over(*thread_);  // for good
    return {};
}

bool SimKernel::is_alive(ProcessId process) {
    const Task* task = world_->find(process);
    return task && task->is_alive();
}

Result<void> SimKernel::ring_at_end(ProcessId process, Fd bell) {
    sim::Task* task = world_->find(process);
    if (!task) return std::errc::no_such_process;
    auto stream = thread_->process.find<sim::StreamEnd>(bell);
    if (!stream) return stream.error();
    task->ring_at_end(std::static_pointer_cast<sim::StreamEnd>((*stream)->shared_from_this()));
    return {};
}

Result<void> SimKernel::watch_signal(Signal signal) {
    if (signal == Signal::kill) return std::errc::invalid_argument;
    auto& watched = thread_->watched_signals;
    if (std::ranges::find(watched, signal) == watched.end()) watched.push_back(signal);
    return {};
}

std::optional<Signal> SimKernel::take_signal() {
    if (thread_->signals.empty()) return std::nullopt;
    Signal first = thread_->signals.front();
    thread_->signals.pop_front();
    world_->record(thread_->process, trace::EventKind::signal_taken, {.value = static_cast<std::int64_t>(first)});
    return first;
}

// -- memory, files, names --------------------------------------------------------------------------------------------

Result<std::span<std::byte>> SimKernel::map_shared(std::size_t bytes) {
    if (bytes == 0) return std::errc::invalid_argument;
    return world_->map_shared(bytes);
}

Result<void> SimKernel::unmap_shared(std::span<std::byte> memory) {
    if (!world_->unmap_shared(memory)) return std::errc::invalid_argument;
    return {};
}

Result<std::string> SimKernel::read_file(std::string_view path) {
    if (auto fault = thread_->fault(sim::Call::read_file)) return *fault;
    thread_->pass(world_->options.file_time);
    auto& files = thread_->process.host->files;
    auto found = files.find(std::string(path));
    if (found == files.end()) return std::errc::no_such_file_or_directory;
    return found->second;
}

Result<void> SimKernel::write_file(std::string_view path, std::string_view content) {
    if (auto fault = thread_->fault(sim::Call::write_file)) return *fault;
    thread_->pass(world_->options.file_time);
    if (path.empty()) return std::errc::no_such_file_or_directory;
    sim::Computer& host = *thread_->process.host;
    std::string& file = host.files[std::string(path)];
    if (host.used_bytes() - file.size() + content.size() > world_->options.disk_bytes)
        return std::errc::no_space_on_device;
    file = content;
    return {};
}

Result<std::vector<Address>> SimKernel::resolve(std::string_view host) {
    if (auto fault = thread_->fault(sim::Call::resolve)) return *fault;
    return world_->network.resolve(*thread_->process.host, host);
}

}  // namespace co
