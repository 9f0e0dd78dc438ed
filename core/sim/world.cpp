#include "world.h"

#include <algorithm>

namespace co::sim {

using trace::EventKind;

World::World(const SimOptions& chosen)
    : options(chosen), chance(chosen.seed), engine(chance, chosen.stack_bytes), network(*this) {}

World::~World() {
    options.sink = nullptr;
    std::vector<Thread*> left;
    for (auto& [id, process] : processes) {
        process->end(0, Signal::kill);
        for (auto& thread : process->threads) left.push_back(thread.get());
    }
    engine.tear_down(left);
    for (Thread* thread : left) thread->body = nullptr;  // what they own may still use the kernels of others
}

// -- processes -------------------------------------------------------------------------------------------------------

Thread& World::adopt_caller(Computer* host, std::string name) {
    std::uint32_t number = next_number_++;
    auto process = std::make_unique<Task>(*this, host, nullptr, number, name);
    Thread& thread = *process->threads.emplace_back(std::make_unique<Thread>(*this, *process, number, name));
    processes.emplace(process->id, std::move(process));
    engine.adopt(thread);
    return thread;
}

Task& World::spawn(Task* parent, Computer& host, std::string name, ProcessBody body) {
    Task& process = start(parent, host, std::move(name), std::move(body));
    if (parent) process.inherit_from(*parent);
    return process;
}

Task& World::spawn_alone(Task& parent, std::string name, ProcessBody body) {
    return start(&parent, *parent.host, std::move(name), std::move(body));
}

Task& World::start(Task* parent, Computer& host, std::string name, ProcessBody body) {
    std::uint32_t number = next_number_++;
    auto fresh = std::make_unique<Task>(*this, &host, parent, number, name);
    Task& process = *fresh;
    processes.emplace(process.id, std::move(fresh));
    ++alive_;
    const Note note{.object = number, .other = host.number, .text = name};
    if (parent)
        record(*parent, EventKind::process_start, note);
    else
        record(EventKind::process_start, note);
    Thread& first = *process.threads.emplace_back(std::make_unique<Thread>(*this, process, number, std::move(name)));
    first.body = [&process, body = std::move(body)](Kernel& own) {
        int exit_code = body(own);
        process.end(exit_code, std::nullopt);
    };
    engine.start(first);
    return process;
}

Thread& World::spawn_thread(Task& process, std::string name, ThreadBody body) {
    std::uint32_t number = next_number_++;
    record(process, EventKind::process_start,
           {.object = number, .other = process.host->number, .value = 1, .text = name});
    Thread& thread = *process.threads.emplace_back(std::make_unique<Thread>(*this, process, number, std::move(name)));
    thread.body = std::move(body);
    engine.start(thread);
    return thread;
}

Task* World::find(ProcessId id) const {
    auto found = processes.find(id);
    return found == processes.end() ? nullptr : found->second.get();
}

std::unique_ptr<SimKernel> World::kernel_of(Thread& thread) {
    return std::unique_ptr<SimKernel>(new SimKernel(*this, thread));
}

bool World::is_watched(const Task& process, Signal signal) {
    return std::ranges::any_of(process.threads, [&](const auto& thread) {
        return std::ranges::find(thread->watched_signals, signal) != thread->watched_signals.end();
    });
}

void World::send_signal(const Task& from, Task& to, Signal signal) {
    record(from, EventKind::signal_sent,
           {.object = static_cast<std::uint32_t>(to.id), .value = static_cast<std::int64_t>(signal)});
    to.signal(signal);
}

/// What a process leaves behind is init's: reaped at once when it ends.
void World::orphan_children(const Task& parent) {
    for (auto& [id, process] : processes) {
        if (process->parent != &parent) continue;
        process->parent = nullptr;
        if (process->ended) process->is_reaped = true;
    }
}

std::optional<ProcessEnd> World::reap(Task& parent) {
    if (parent.ended_children.empty()) return std::nullopt;
    Task* child = parent.ended_children.front();
    parent.ended_children.pop_front();
    reap(parent, *child);
    return child->ended;
}

void World::reap(const Task& parent, Task& ended_child) {
    ended_child.is_reaped = true;
    record(parent, EventKind::process_reaped, {.object = static_cast<std::uint32_t>(ended_child.id)});
}

// -- shared memory ---------------------------------------------------------------------------------------------------

std::span<std::byte> World::map_shared(std::size_t bytes) {
    std::size_t lines = (bytes + sizeof(CacheLine) - 1) / sizeof(CacheLine);
    memory_.push_back(std::make_unique<CacheLine[]>(lines));
    std::byte* start = memory_.back()[0].bytes;
    segments_.emplace(start, bytes);
    return {start, bytes};
}

bool World::unmap_shared(std::span<std::byte> memory) { return segments_.erase(memory.data()) == 1; }

// -- the trace -------------------------------------------------------------------------------------------------------

void World::record(const Task& process, EventKind kind, const Note& note) {
    auto number = static_cast<std::uint32_t>(process.id);
    record(number == 1 ? 0 : number, kind, note);
}

void World::record(std::uint32_t process, EventKind kind, const Note& note) {
    if (!options.sink) return;
    trace::Event event;
    event.kind = kind;
    event.time = engine.now().time_since_epoch().count();
    event.process = process;
    event.object = note.object;
    event.other = note.other;
    event.value = note.value;
    if (!note.text.empty()) event.text = options.sink->text(note.text);
    options.sink->record(event);
}

}  // namespace co::sim
