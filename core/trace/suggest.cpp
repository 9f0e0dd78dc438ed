#include <co/suggest.h>

#include <algorithm>
#include <numeric>

namespace co {
namespace {

// Levenshtein's distance: how many letters to add, drop or change.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string suggest(std::string_view word, const std::vector<std::string_view>& known) {
    std::string_view nearest;
    std::size_t nearest_distance = word.size() / 3 + 2;  // further away is no typing mistake
    for (const std::string_view candidate : known) {
        const std::size_t here = distance(word, candidate);
        if (here >= nearest_distance) continue;
        nearest = candidate;
        nearest_distance = here;
    }
    if (!nearest.empty()) return "did you mean `" + std::string(nearest) + "`?";
    std::string all = "known are ";
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (i > 0) all += ", ";
        all.append(1, '`').append(known[i]).append(1, '`');
    }
    return all;
}

}  // namespace co
