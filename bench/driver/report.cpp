#include "bench/driver/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace co::bench {
namespace {

using nlohmann::ordered_json;

constexpr int many_rounds = 20;
constexpr double least_disturbance = 0.5;  // of the load, beside the run's own

/// Three digits that count: "4.56", "68.6", "2,065".
std::string short_number(double value) {
    if (value < 10) return fmt::format("{:.2f}", value);
    if (value < 100) return fmt::format("{:.1f}", value);
    std::string digits = fmt::format("{:.0f}", value);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

/// Of few rounds the brackets tell the least and the most, of many where the middle half of them lies.
std::string ratio(const std::optional<Spread>& spread, int rounds) {
    if (!spread) return "-";
    const bool are_many = rounds >= many_rounds;
    return fmt::format("{} ({}..{})", short_number(spread->median),
                       short_number(are_many ? spread->lower : spread->least),
                       short_number(are_many ? spread->upper : spread->most));
}

std::string verdict(const Comparison& comparison, const Row& row) {
    std::optional<double> limit = comparison.aim(row);
    if (!limit) return "-";
    std::string at_most = "<= " + short_number(*limit / scale(row.unit));
    if (auto ratio = comparison.ratio_to(row.name, row.aim->beside))
        at_most =
            fmt::format("{} <= {} x {}", short_number(ratio->median), short_number(row.aim->ratio()), row.aim->beside);
    std::optional<bool> is_met = comparison.is_met(row);
    if (!is_met) return at_most;
    return at_most + (*is_met ? ", met" : ", MISSED");
}

std::vector<std::string> cells_of(const Comparison& comparison, const std::vector<Contestant>& shown, const Row& row,
                                  int rounds) {
    std::vector<std::string> cells{fmt::format("{}, {}", row.title, name(row.unit))};
    for (const Contestant& contestant : shown) {
        std::optional<Spread> figure = comparison.figure(row.name, contestant.name);
        cells.push_back(figure ? short_number(figure->median / scale(row.unit)) : "-");
    }
    std::optional<std::string> best = comparison.best_peer(row.name);
    cells.push_back(ratio(comparison.of_floor(row.name), rounds));
    cells.push_back(best ? ratio(comparison.ratio_to(row.name, *best), rounds) + " " + *best : "-");
    cells.push_back(verdict(comparison, row));
    return cells;
}

/// Numbers to the right, words to the left.
std::string laid_out(const std::vector<std::vector<std::string>>& lines, std::size_t first_number,
                     std::size_t after_numbers) {
    std::vector<std::size_t> widths(lines.front().size());
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
    std::string text;
    for (const auto& line : lines) {
        std::string laid;
        for (std::size_t i = 0; i < line.size(); ++i) {
            bool is_number = i >= first_number && i < after_numbers;
            laid +=
                is_number ? fmt::format("{:>{}}  ", line[i], widths[i]) : fmt::format("{:<{}}  ", line[i], widths[i]);
        }
        laid.erase(laid.find_last_not_of(' ') + 1);
        text += laid + "\n";
    }
    return text;
}

std::vector<Contestant> those_there(const std::vector<Contestant>& contestants) {
    std::vector<Contestant> shown;
    std::copy_if(contestants.begin(), contestants.end(), std::back_inserter(shown), is_there);
    return shown;
}

std::string notes(const std::vector<Contestant>& contestants, const Circumstances& how) {
    std::string text = fmt::format(
        "\nMedians of {} round{} in turns, {}{}; in brackets {}.\n"
        "An aim is a ratio to the one it names, round by round: see docs/performance.md.\n",
        how.rounds, how.rounds == 1 ? "" : "s", how.what, how.is_pinned ? ", on one core" : ", on any core",
        how.rounds >= many_rounds ? "the middle half of the rounds" : "the rounds' least and most");
    if (std::max(how.load_before, how.load_after) > how.own_load + least_disturbance)
        text +=
            fmt::format("The machine was busy (load {:.1f} before, {:.1f} after): trust the ratios, not the figures.\n",
                        how.load_before, how.load_after);
    for (const Contestant& contestant : contestants)
        if (!is_there(contestant)) text += why_skipped(contestant) + "\n";
    return text;
}

ordered_json json_of(const std::optional<Spread>& spread, double unit = 1) {
    if (!spread) return nullptr;
    return {{"median", spread->median / unit},
            {"least", spread->least / unit},
            {"most", spread->most / unit},
            {"lower_quartile", spread->lower / unit},
            {"upper_quartile", spread->upper / unit}};
}

ordered_json json_of(const Comparison& comparison, const std::vector<Contestant>& shown, const Row& row) {
    ordered_json json{{"row", row.name}, {"title", row.title}, {"unit", name(row.unit)}};
    for (const Contestant& contestant : shown)
        if (auto figure = comparison.figure(row.name, contestant.name))
            json["figures"][contestant.name] = json_of(figure, scale(row.unit));
    json["ratio_to_floor"] = json_of(comparison.of_floor(row.name));
    if (auto best = comparison.best_peer(row.name)) {
        json["best_peer"] = *best;
        json["ratio_to_best_peer"] = json_of(comparison.ratio_to(row.name, *best));
    }
    if (auto limit = comparison.aim(row)) {
        json["aim"] = *limit / scale(row.unit);
        json["aim_as_written"] = row.aim->limit;
    }
    if (auto is_met = comparison.is_met(row)) json["is_met"] = *is_met;
    return json;
}

}  // namespace

std::string table_of(const Comparison& comparison, const std::vector<Contestant>& contestants,
                     const Circumstances& how) {
    std::vector<Contestant> shown = those_there(contestants);
    std::vector<std::string> head{"what"};
    for (const Contestant& contestant : shown) head.push_back(contestant.name);
    head.insert(head.end(), {"times the floor", "times the best peer", "aim"});
    std::vector<std::vector<std::string>> lines{head};
    for (const Row& row : how.rows)
        if (comparison.figure(row.name, ours)) lines.push_back(cells_of(comparison, shown, row, how.rounds));
    return laid_out(lines, 1, 1 + shown.size()) + notes(contestants, how);
}

ordered_json json_of(const Comparison& comparison, const std::vector<Contestant>& contestants,
                     const Circumstances& how) {
    ordered_json json{{"rounds", how.rounds},
                      {"pinned_to_one_core", how.is_pinned},
                      {"load", {{"before", how.load_before}, {"after", how.load_after}}}};
    for (const Row& row : how.rows)
        if (comparison.figure(row.name, ours))
            json["rows"].push_back(json_of(comparison, those_there(contestants), row));
    json["skipped"] = ordered_json::array();
    for (const Contestant& contestant : contestants)
        if (!is_there(contestant))
            json["skipped"].push_back({{"name", contestant.name}, {"package", contestant.package}});
    return json;
}

}  // namespace co::bench
