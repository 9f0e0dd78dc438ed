#include "native/cli/lesson_check.h"

#include <algorithm>
#include <optional>
#include <set>

#include <co/trace.h>
#include <fmt/format.h>

#include "lessons/format/condition.h"
#include "lessons/host/simulate.h"
#include "native/cli/line_diff.h"

namespace co::cli {
namespace {

using co::lessons::Lesson;
using co::lessons::RunResult;
using Problems = std::vector<std::string>;

std::set<std::uint64_t> seeds_of(const Lesson& lesson, std::uint64_t more_seeds) {
    std::set<std::uint64_t> seeds(lesson.seeds.begin(), lesson.seeds.end());
    for (std::uint64_t seed = 0; seed < more_seeds; ++seed) seeds.insert(seed);
    return seeds;
}

RunResult run(const Lesson& lesson, std::uint64_t seed) {
    return co::lessons::simulate(co::lessons::script_of(lesson), {.seed = seed, .limits = lesson.limits});
}

std::size_t steps_of(const co::trace::Trace& trace) {
    return static_cast<std::size_t>(std::ranges::count_if(
        trace.events, [](const co::trace::Event& event) { return co::trace::is_step(event.kind); }));
}

void check_output(const Lesson& lesson, const RunResult& run, Problems& problems) {
    if (!lesson.expect) {
        problems.push_back("it has no expected output; add an `expect` fence");
        return;
    }
    // The fence's last line break belongs to the fence.
    const auto without_end = [](std::string_view text) {
        return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
    };
    if (without_end(run.output) == without_end(lesson.expect->text)) return;
    problems.push_back("the output is not the expected one (- expected, + printed):\n" +
                       line_diff(lesson.expect->text, run.output));
}

void check_checkpoints(const Lesson& lesson, const RunResult& run, Problems& problems) {
    std::uint32_t step = 0;
    for (const co::lessons::Checkpoint& checkpoint : lesson.checkpoints) {
        try {
            const std::optional<std::uint32_t> reached = co::lessons::find_step(run.trace, checkpoint.at, step);
            if (reached) {
                step = *reached;
                continue;
            }
            problems.push_back(fmt::format("line {}: the run never gets to the checkpoint `{}` after step {}",
                                           checkpoint.line, checkpoint.at, step));
        } catch (const co::lessons::ConditionError& error) {
            problems.push_back(
                fmt::format("line {}: checkpoint `{}`: {}", checkpoint.line, checkpoint.at, error.what()));
        }
    }
}

void check_prediction(const Lesson& lesson, Problems& problems) {
    if (!lesson.predict) return;
    const auto right = std::ranges::count_if(lesson.predict->choices, [](const auto& choice) { return choice.right; });
    if (right != 1) problems.push_back(fmt::format("its question has {} right answers; it needs exactly one", right));
}

Problems check_run(const Lesson& lesson, std::uint64_t seed, const RunResult& run) {
    Problems problems;
    if (!run.ok()) {
        for (const auto& finding : run.findings) problems.push_back(finding.report());
    }
    check_output(lesson, run, problems);
    check_checkpoints(lesson, run, problems);
    if (co::trace::hash(cli::run(lesson, seed).trace) != co::trace::hash(run.trace)) {
        problems.push_back("a second run with the same seed gave another history");
    }
    return problems;
}

}  // namespace

LessonCheck check_lesson(const Lesson& lesson, std::uint64_t more_seeds) {
    LessonCheck check;
    check_prediction(lesson, check.problems);
    for (const std::uint64_t seed : seeds_of(lesson, more_seeds)) {
        const RunResult result = run(lesson, seed);
        if (check.seeds++ == 0) check.steps = steps_of(result.trace);
        for (const std::string& problem : check_run(lesson, seed, result)) {
            check.problems.push_back(fmt::format("seed {}: {}", seed, problem));
        }
    }
    return check;
}

}  // namespace co::cli
