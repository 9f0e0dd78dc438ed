#include "lessons/host/promise.h"

#include <fmt/format.h>

namespace co::lessons {

std::vector<std::string> surprises_of(const Lesson& lesson, const RunResult& run) {
    std::vector<std::string> surprises;
    std::size_t expected = 0;
    for (const Finding& finding : run.findings) {
        if (finding.kind == FindingKind::horizon) continue;
        const bool is_expected = finding.kind == FindingKind::uncaught_error && !lesson.expected_error.empty() &&
                                 finding.what.find(lesson.expected_error) != std::string::npos;
        if (!is_expected || ++expected > 1) surprises.push_back(finding.report());
    }
    if (!lesson.expected_error.empty() && expected == 0) {
        surprises.push_back(
            fmt::format("no uncaught error says `{}`, and the `expect` fence names one", lesson.expected_error));
    }
    return surprises;
}

}  // namespace co::lessons
