// comparison: the figures of all rounds, and what they say.
//
//     Comparison comparison;
//     comparison.add("switch", "floor", 4.8);
//     comparison.add("switch", "costudio", 9.1);
//     comparison.of_floor("switch")->median;          // 1.9
//
// Ratios are taken within each round, from figures that were measured within a second of each other, and only then is
// their median taken: what slows the machine for a while slows both.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/driver/rows.h"

namespace co::bench {

/// Of several rounds.
struct Spread {
    double median = 0;
    double least = 0;
    double most = 0;
    double lower = 0;  // a quarter of the rounds lies below it
    double upper = 0;  // and a quarter above this
};

/// `values` must not be empty.
Spread spread_of(std::vector<double> values);

class Comparison {
  public:
    void add(const std::string& row, const std::string& contestant, double value);

    /// None for one that does not take part in the row.
    std::optional<Spread> figure(std::string_view row, std::string_view contestant) const;
    /// Of costudio's figures to those of another, round by round.
    std::optional<Spread> ratio_to(std::string_view row, std::string_view contestant) const;
    std::optional<Spread> of_floor(std::string_view row) const;
    /// The peer with the least median.
    std::optional<std::string> best_peer(std::string_view row) const;

    /// Where the row is to get on this machine, now, in what the contestants print.
    std::optional<double> aim(const Row& row) const;
    /// Whether it got there: in its ratio to the one that the aim was written beside, round by round, where that one
    /// takes part; else in the figure itself.
    std::optional<bool> is_met(const Row& row) const;

  private:
    using Values = std::map<std::string, std::vector<double>, std::less<>>;  // by contestant
    const std::vector<double>* values(std::string_view row, std::string_view contestant) const;

    std::map<std::string, Values, std::less<>> rows_;
};

}  // namespace co::bench
