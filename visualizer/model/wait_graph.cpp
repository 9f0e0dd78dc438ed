#include "visualizer/model/wait_graph.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "visualizer/model/remedies.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

/// "co#2" and "main", as a join() names them.
std::optional<std::uint32_t> coroutine_of(std::string_view chip) {
    if (chip == "main") return 0;
    if (!chip.starts_with("co#")) return std::nullopt;
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(chip.data() + 3, chip.data() + chip.size(), id);
    if (error != std::errc() || end != chip.data() + chip.size()) return std::nullopt;
    return id;
}

bool has_ended(const CoroutineState* coroutine) {
    return coroutine && (coroutine->activity == Activity::done || coroutine->activity == Activity::failed);
}

std::vector<std::uint32_t> awaited(const trace::Trace& trace, const State& state, const CoroutineState& waiting) {
    const Wait& wait = waiting.wait;
    std::vector<std::uint32_t> all;
    if (const std::uint32_t holder = holder_of(state, wait); holder != trace::nobody) all.push_back(holder);
    if (wait.kind == WaitKind::join) {
        for (const std::string& chip : joined_chips(trace.texts[wait.text])) {
            const auto own = coroutine_of(chip);
            if (!own || *own >= numbers_a_process) continue;
            const std::uint32_t id = joined_number(process_of(waiting.id), *own);
            if (!has_ended(state.coroutine(id))) all.push_back(id);
        }
    }
    return all;
}

/// Walks every edge once, depth first; where the way meets itself is a cycle. No recursion: a chain of joins may be as
/// long as there are coroutines.
class CycleSearch {
  public:
    explicit CycleSearch(const std::vector<WaitEdge>& edges) : edges_(edges) { marks_.reserve(edges.size()); }

    WaitCycle from(std::uint32_t start) {
        if (marks_[start] != Mark::unseen) return {};
        enter(start);
        while (!way_.empty()) {
            const std::size_t edge = next_edge_.back()++;
            if (edge >= edges_.size() || edges_[edge].from != way_.back()) {
                leave();
                continue;
            }
            const std::uint32_t to = edges_[edge].to;
            if (marks_[to] == Mark::on_way) return {std::find(way_.begin(), way_.end(), to), way_.end()};
            if (marks_[to] == Mark::unseen) enter(to);
        }
        return {};
    }

  private:
    enum class Mark : std::uint8_t { unseen, on_way, done };

    void enter(std::uint32_t coroutine) {
        marks_[coroutine] = Mark::on_way;
        way_.push_back(coroutine);
        const auto first = std::partition_point(edges_.begin(), edges_.end(),
                                                [coroutine](const WaitEdge& edge) { return edge.from < coroutine; });
        next_edge_.push_back(static_cast<std::size_t>(first - edges_.begin()));
    }

    void leave() {
        marks_[way_.back()] = Mark::done;
        way_.pop_back();
        next_edge_.pop_back();
    }

    const std::vector<WaitEdge>& edges_;             // by where they come from
    std::unordered_map<std::uint32_t, Mark> marks_;  // by coroutine
    WaitCycle way_;
    std::vector<std::size_t> next_edge_;  // of each on the way
};

}  // namespace

std::vector<WaitEdge> wait_edges(const trace::Trace& trace, const State& state) {
    std::vector<WaitEdge> edges;
    for (const CoroutineState& coroutine : state.coroutines) {
        if (coroutine.id == trace::nobody || coroutine.activity != Activity::waiting_channel) continue;
        if (coroutine.wait.deadline != trace::forever_ns) continue;
        for (const std::uint32_t to : awaited(trace, state, coroutine)) edges.push_back({coroutine.id, to});
    }
    return edges;
}

WaitCycle find_cycle(const std::vector<WaitEdge>& edges) {
    CycleSearch search(edges);
    for (const WaitEdge& edge : edges) {
        WaitCycle cycle = search.from(edge.from);
        if (cycle.empty()) continue;
        std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
        return cycle;
    }
    return {};
}

std::string edge_label(const trace::Trace& trace, const State& state, const CoroutineState& coroutine) {
    if (coroutine.wait.kind == WaitKind::lock) return gate_name(trace, state, coroutine.wait.object);
    if (coroutine.wait.kind == WaitKind::shared_lock) return shared_name(trace, state, coroutine.wait.object);
    return "end";
}

std::string cycle_text(const trace::Trace& trace, const State& state, const WaitCycle& cycle) {
    std::string text;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        const CoroutineState* waiting = state.coroutine(cycle[i]);
        if (!waiting) continue;
        // Locks alone lead from one process to another.
        const bool is_shared = waiting->wait.kind == WaitKind::shared_lock;
        const std::uint32_t awaited_one = cycle[(i + 1) % cycle.size()];
        const std::string next = is_shared ? chip_and_process(state, awaited_one) : chip_text(awaited_one);
        if (!text.empty()) text += "; ";
        text += is_shared ? chip_and_process(state, cycle[i]) : chip_text(cycle[i]);
        text += waiting->wait.kind == WaitKind::lock || waiting->wait.kind == WaitKind::shared_lock
                    ? fmt::format(" waits for {}, which {} holds", edge_label(trace, state, *waiting), next)
                    : fmt::format(" waits for the end of {}", next);
    }
    return text;
}

}  // namespace co::studio
