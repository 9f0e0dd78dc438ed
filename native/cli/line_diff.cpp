#include "native/cli/line_diff.h"

#include <algorithm>
#include <vector>

namespace co::cli {
namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// common[i][j]: how many lines the rest of `left` from i and the rest of `right` from j have in common, in order.
std::vector<std::vector<std::size_t>> common_lines(const Lines& left, const Lines& right) {
    std::vector<std::vector<std::size_t>> common(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
    for (std::size_t i = left.size(); i-- > 0;) {
        for (std::size_t j = right.size(); j-- > 0;) {
            common[i][j] =
                left[i] == right[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
        }
    }
    return common;
}

}  // namespace

std::string line_diff(std::string_view expected, std::string_view actual) {
    const Lines left = lines_of(expected);
    const Lines right = lines_of(actual);
    const auto common = common_lines(left, right);
    std::string text;
    const auto add = [&text](std::string_view mark, std::string_view line) { text.append(mark).append(line) += '\n'; };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() || j < right.size()) {
        if (i < left.size() && j < right.size() && left[i] == right[j]) {
            add("  ", left[i++]);
            ++j;
        } else if (i < left.size() && (j == right.size() || common[i + 1][j] >= common[i][j + 1])) {
            add("- ", left[i++]);
        } else {
            add("+ ", right[j++]);
        }
    }
    return text;
}

}  // namespace co::cli
