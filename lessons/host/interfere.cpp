#include "lessons/host/interfere.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace co::lessons {
namespace {

constexpr std::uint32_t program = 1;  // the machine's first process; in traces it is also 0
constexpr std::size_t most_named = 12;

std::uint32_t number_of(const co::sim::Process& process) { return static_cast<std::uint32_t>(process.id()); }

/// "4 (worker#0), 5 (phone)".
void name_one(std::string& names, std::size_t count, std::uint32_t number, std::string_view name) {
    if (count == most_named) names += ", …";
    if (count < most_named) names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", number, name);
}

std::string names_of(const std::vector<co::sim::Process>& processes) {
    std::string names;
    std::size_t count = 0;
    for (const co::sim::Process& one : processes)
        if (number_of(one) != program) name_one(names, count++, number_of(one), one.name());
    return names.empty() ? "the program has started none" : "alive are " + names;
}

std::string names_of(const std::vector<co::sim::Host>& hosts) {
    std::string names;
    for (std::size_t i = 0; i < hosts.size(); ++i)
        name_one(names, i, static_cast<std::uint32_t>(i + 1), hosts[i].name());
    return names;
}

std::string kill(co::sim::Machine& machine, std::uint32_t number, std::function<void()> after) {
    const std::vector<co::sim::Process> alive = machine.processes();
    if (number <= program) return fmt::format("process {} is the program itself; {}", number, names_of(alive));
    const auto found = std::ranges::find(alive, number, number_of);
    if (found == alive.end()) return fmt::format("there is no process {} then; {}", number, names_of(alive));
    machine.at(machine.now().time_since_epoch(), [process = *found, after = std::move(after)] {
        if (process.is_alive()) process.kill();
        after();
    });
    return {};
}

template <class Way>
std::string change(co::sim::Machine& machine, const Way& way) {
    const std::vector<co::sim::Host> hosts = machine.hosts();
    const auto is_there = [&](std::uint32_t number) { return number >= 1 && number <= hosts.size(); };
    if (way.from == way.to) return fmt::format("computer {} has no way to itself", way.from);
    if (!is_there(way.from) || !is_there(way.to))
        return fmt::format("there is no computer {} then; there are {}", is_there(way.from) ? way.to : way.from,
                           names_of(hosts));
    machine.at(machine.now().time_since_epoch(), [&machine, a = hosts[way.from - 1], b = hosts[way.to - 1]] {
        if constexpr (std::is_same_v<Way, Cut>) {
            machine.partition(a, b);
        } else {
            machine.heal(a, b);
        }
    });
    return {};
}

}  // namespace

std::string interfere(co::sim::Machine& machine, const Decision& what, std::function<void()> after_kill) {
    if (std::holds_alternative<Drop>(what)) machine.lose_next();
    if (const auto* late = std::get_if<Delay>(&what)) machine.delay_next(std::chrono::milliseconds(late->milliseconds));
    if (const auto* killed = std::get_if<Kill>(&what)) return kill(machine, killed->process, std::move(after_kill));
    if (const auto* way = std::get_if<Cut>(&what)) return change(machine, *way);
    if (const auto* way = std::get_if<Heal>(&what)) return change(machine, *way);
    return {};
}

}  // namespace co::lessons
