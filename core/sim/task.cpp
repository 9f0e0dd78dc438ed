#include "task.h"

#include <algorithm>

#include "network.h"
#include "stream.h"
#include "world.h"

namespace co::sim {

using trace::EventKind;

namespace {

/// What a signal does to a process that does not watch for it (signal(7)).
bool ends_process(Signal signal) { return signal != Signal::child; }

void ring(StreamEnd& bell) {
    constexpr std::byte one{1};
    static_cast<void>(bell.write(std::span(&one, 1)));  // a bell that is full has been heard, or will be
}

}  // namespace

Task::Task(World& world_of_it, Computer* its_host, Task* its_parent, std::uint32_t number, std::string its_name)
    : world(world_of_it),
      host(its_host),
      parent(its_parent),
      id(ProcessId(static_cast<std::int32_t>(number))),
      name(std::move(its_name)) {}

// -- descriptors -----------------------------------------------------------------------------------------------------

Result<Fd> Task::add(std::shared_ptr<OpenFile> file) {
    auto free = std::ranges::find(descriptors, nullptr);
    auto place = static_cast<std::size_t>(free - descriptors.begin());
    if (place + first_descriptor >= max_descriptors()) return std::errc::too_many_files_open;
    if (free == descriptors.end()) descriptors.emplace_back();
    ++file->descriptors;
    descriptors[place] = std::move(file);
    return Fd(static_cast<std::int32_t>(place + first_descriptor));
}

OpenFile* Task::find(Fd fd) const {
    auto place = static_cast<std::size_t>(static_cast<std::int32_t>(fd)) - first_descriptor;
    return place < descriptors.size() ? descriptors[place].get() : nullptr;
}

Result<void> Task::close(Fd fd) {
    if (!find(fd)) return std::errc::bad_file_descriptor;
    for (auto& thread : threads) thread->unwatch(fd);
    auto place = static_cast<std::size_t>(static_cast<std::int32_t>(fd)) - first_descriptor;
    std::shared_ptr<OpenFile> file = std::move(descriptors[place]);
    if (--file->descriptors == 0) file->closed();
    return {};
}

void Task::replace(Fd fd, std::shared_ptr<OpenFile> file) {
    for (auto& thread : threads) thread->unwatch(fd);
    auto place = static_cast<std::size_t>(static_cast<std::int32_t>(fd)) - first_descriptor;
    --descriptors[place]->descriptors;
    ++file->descriptors;
    descriptors[place] = std::move(file);
}

std::size_t Task::max_descriptors() const { return world.options.max_descriptors; }

void Task::inherit_from(const Task& other) {
    descriptors = other.descriptors;
    for (auto& file : descriptors)
        if (file) ++file->descriptors;
}

std::size_t Task::count_descriptors() const {
    return descriptors.size() - static_cast<std::size_t>(std::ranges::count(descriptors, nullptr));
}

// -- its end ---------------------------------------------------------------------------------------------------------

void Task::end(int exit_code, std::optional<Signal> signal) {
    if (ended) return;
    ended = ProcessEnd{id, exit_code, signal};
    world.count_end();
    world.record(*this, EventKind::process_end,
                 {.object = static_cast<std::uint32_t>(id), .value = signal ? 128 + int(*signal) : exit_code});
    for (auto& thread : threads) world.engine.kill(*thread);
    for (std::size_t place = 0; place < descriptors.size(); ++place) {
        Fd fd = Fd(static_cast<std::int32_t>(place + first_descriptor));
        if (find(fd)) static_cast<void>(close(fd));
    }
    for (const auto& watcher : end_watchers)
        if (auto file = watcher.lock()) file->changed();
    for (const auto& bell : bells)
        if (auto stream = bell.lock()) ring(*stream);
    world.orphan_children(*this);
    if (!parent || !parent->is_alive()) {
        is_reaped = true;  // init does it
        return;
    }
    if (!is_command) parent->ended_children.push_back(this);
    parent->signal(Signal::child);
}

void Task::ring_at_end(const std::shared_ptr<StreamEnd>& bell) {
    if (ended) return ring(*bell);
    std::erase_if(bells, [](const auto& known) { return known.expired(); });
    const bool is_known = std::ranges::any_of(bells, [&](const auto& known) { return known.lock() == bell; });
    if (!is_known) bells.push_back(bell);
}

void Task::signal(Signal signal) {
    if (ended) return;
    for (auto& thread : threads) {
        if (std::ranges::find(thread->watched_signals, signal) == thread->watched_signals.end()) continue;
        // Signals are no queue: one that is pending already is not pending twice (signal(7)).
        if (std::ranges::find(thread->signals, signal) == thread->signals.end()) thread->signals.push_back(signal);
        return world.engine.wake(*thread);
    }
    if (ends_process(signal)) end(0, signal);
}

}  // namespace co::sim
