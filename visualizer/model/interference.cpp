#include "visualizer/model/interference.h"

#include <fmt/format.h>

#include <algorithm>

namespace co::studio {
namespace {

using Kind = Interference::Kind;

constexpr std::uint32_t delay_ms = 100;
constexpr std::size_t most_kills = 24, most_ways = 12;

/// The message that this very step sends.
void add_message(std::vector<Interference>& all, const Model& model, const State& state) {
    if (state.step == 0 || model.event(state.step).kind != trace::EventKind::segment_sent) return;
    all.push_back({.kind = Kind::drop, .step = state.step, .label = "Lose this message"});
    all.push_back(
        {.kind = Kind::delay, .first = delay_ms, .step = state.step, .label = fmt::format("Delay it {} ms", delay_ms)});
}

/// Threads go with their process. The first one, 0 or 1, is the program; the world's own directs it.
void add_processes(std::vector<Interference>& all, const Model& model, const State& state) {
    std::size_t count = 0;
    for (const Process& process : model.processes().all()) {
        const bool lives = process.from <= state.step && state.step < process.to;
        if (process.number <= 1 || process.is_thread || !lives || process.title == "world") continue;
        if (++count > most_kills) return;
        std::string name = process.title;
        std::replace(name.begin(), name.end(), '#', ' ');
        all.push_back({.kind = Kind::kill, .first = process.number, .step = state.step + 1, .label = "Kill " + name});
    }
}

void add_ways(std::vector<Interference>& all, const Model& model, const State& state) {
    const std::vector<Computer>& computers = model.connections().computers();
    std::size_t count = 0;
    for (std::size_t i = 0; i < computers.size(); ++i) {
        for (std::size_t k = i + 1; k < computers.size(); ++k) {
            const Computer &a = computers[i], &b = computers[k];
            if (a.step > state.step || b.step > state.step || ++count > most_ways) continue;
            const bool is_cut = model.connections().is_cut(a.number, b.number, state.step);
            const std::string both = fmt::format("{} and {}", model.text(a.name), model.text(b.name));
            all.push_back({.kind = is_cut ? Kind::heal : Kind::cut,
                           .first = a.number,
                           .second = b.number,
                           .step = state.step + 1,
                           .label = (is_cut ? "Join " : "Part ") + both});
        }
    }
}

}  // namespace

std::vector<Interference> interferences(const Model& model, const State& state) {
    std::vector<Interference> all;
    if (state.step == 0 || state.step >= model.steps()) return all;
    add_message(all, model, state);
    add_processes(all, model, state);
    add_ways(all, model, state);
    return all;
}

}  // namespace co::studio
