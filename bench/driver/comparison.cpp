#include "bench/driver/comparison.h"

#include <algorithm>
#include <cmath>

#include "bench/driver/contestants.h"

namespace co::bench {

namespace {

/// Where that part of the sorted values ends; between two of them where it falls between them.
double quantile(const std::vector<double>& sorted, double part) {
    const double place = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace

Spread spread_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {.median = quantile(values, 0.5),
            .least = values.front(),
            .most = values.back(),
            .lower = quantile(values, 0.25),
            .upper = quantile(values, 0.75)};
}

void Comparison::add(const std::string& row, const std::string& contestant, double value) {
    rows_[row][contestant].push_back(value);
}

const std::vector<double>* Comparison::values(std::string_view row, std::string_view contestant) const {
    auto of_row = rows_.find(row);
    if (of_row == rows_.end()) return nullptr;
    auto found = of_row->second.find(contestant);
    return found == of_row->second.end() ? nullptr : &found->second;
}

std::optional<Spread> Comparison::figure(std::string_view row, std::string_view contestant) const {
    const std::vector<double>* found = values(row, contestant);
    if (!found) return std::nullopt;
    return spread_of(*found);
}

std::optional<Spread> Comparison::ratio_to(std::string_view row, std::string_view contestant) const {
    const std::vector<double>* mine = values(row, ours);
    const std::vector<double>* theirs = values(row, contestant);
    if (!mine || !theirs) return std::nullopt;
    std::vector<double> ratios;
    for (std::size_t round = 0; round < std::min(mine->size(), theirs->size()); ++round)
        ratios.push_back((*mine)[round] / (*theirs)[round]);
    return spread_of(std::move(ratios));
}

std::optional<Spread> Comparison::of_floor(std::string_view row) const { return ratio_to(row, lower_bound); }

std::optional<std::string> Comparison::best_peer(std::string_view row) const {
    auto of_row = rows_.find(row);
    if (of_row == rows_.end()) return std::nullopt;
    std::optional<std::string> best;
    for (const auto& [contestant, unused] : of_row->second) {
        if (contestant == ours || contestant == lower_bound) continue;
        if (!best || figure(row, contestant)->median < figure(row, *best)->median) best = contestant;
    }
    return best;
}

std::optional<double> Comparison::aim(const Row& row) const {
    if (!row.aim) return std::nullopt;
    std::optional<Spread> beside = figure(row.name, row.aim->beside);
    double moved = beside ? beside->median / scale(row.unit) / row.aim->then : 1;
    return row.aim->limit * scale(row.unit) * moved;
}

std::optional<bool> Comparison::is_met(const Row& row) const {
    std::optional<Spread> mine = figure(row.name, ours);
    if (!mine || !row.aim) return std::nullopt;
    if (auto ratio = ratio_to(row.name, row.aim->beside)) return ratio->median <= row.aim->ratio();
    return mine->median <= row.aim->limit * scale(row.unit);
}

}  // namespace co::bench
