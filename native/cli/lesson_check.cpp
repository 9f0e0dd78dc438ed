#include "native/cli/lesson_check.h"

#include <algorithm>
#include <optional>
#include <set>

#include <co/trace.h>
#include <fmt/format.h>

#include "lessons/format/condition.h"
#include "lessons/format/translation.h"
#include "lessons/host/promise.h"
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

bool is_met(const co::lessons::Goal& goal, const RunResult& run) {
    return co::lessons::is_met(goal, {run.trace, run.ok()});
}

/// An exercise must be open for the lesson's own program, and its solution must close it.
void check_tries(const Lesson& lesson, const RunResult& own, Problems& problems) {
    for (const co::lessons::Try& task : lesson.tries) {
        const auto complain = [&](std::string_view what) {
            problems.push_back(fmt::format("line {}: the exercise `{}` {}", task.line, task.title, what));
        };
        if (is_met(task.goal, own)) complain("is solved before anything is changed; make its goal stricter");
        if (!task.solution) {
            complain("has no solution; add a `lua solution` fence below it");
            continue;
        }
        Lesson solved = lesson;
        solved.program = *task.solution;
        const RunResult solution = run(solved, lesson.seeds.front());
        const auto* unmet = co::lessons::first_unmet(task.goal, {solution.trace, solution.ok()});
        if (unmet) complain(fmt::format("has a solution that misses its goal at `{}`", unmet->text));
        for (const auto& finding : solution.findings) complain("has a solution that fails: " + finding.report());
    }
}

/// A challenge's invariant must hold without choices, and its schedule must break it.
void check_challenge(const Lesson& lesson, Problems& problems) {
    if (!lesson.challenge) return;
    const co::lessons::Break& challenge = *lesson.challenge;
    const auto complain = [&](std::string_view what) {
        problems.push_back(fmt::format("line {}: the challenge `{}` {}", challenge.line, challenge.title, what));
    };
    if (!is_met(challenge.invariant, run(lesson, 0))) complain("has an invariant that seed 0 breaks already");
    const RunResult won = co::lessons::simulate(co::lessons::script_of(lesson),
                                                {.limits = lesson.limits, .schedule = challenge.schedule});
    for (const auto& finding : won.findings) {
        if (finding.kind == co::lessons::FindingKind::schedule)
            complain("has a schedule that can't be followed. " + finding.what);
    }
    if (is_met(challenge.invariant, won)) {
        complain(fmt::format("has a schedule that does not win: with {} the invariant still holds",
                             co::lessons::to_text(challenge.schedule)));
    }
}

/// Each language must say all that the original says, and have been made from what it says now.
void check_languages(const Lesson& lesson, LessonCheck& check) {
    if (lesson.file.extension() != ".md") return;
    check.languages = co::lessons::languages_of(lesson);
    for (const std::string& language : check.languages) {
        try {
            co::lessons::in_language(lesson, language);
            for (std::string& gap : co::lessons::gaps_of(lesson, language)) check.problems.push_back(std::move(gap));
        } catch (const co::lessons::LessonError& error) {
            check.problems.emplace_back(error.what());
        }
    }
}

Problems check_run(const Lesson& lesson, std::uint64_t seed, const RunResult& run) {
    Problems problems;
    for (std::string& surprise : co::lessons::surprises_of(lesson, run)) problems.push_back(std::move(surprise));
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
    check_challenge(lesson, check.problems);
    check_languages(lesson, check);
    for (const std::uint64_t seed : seeds_of(lesson, more_seeds)) {
        const RunResult result = run(lesson, seed);
        if (check.seeds++ == 0) {
            check.steps = steps_of(result.trace);
            check_tries(lesson, result, check.problems);
        }
        for (const std::string& problem : check_run(lesson, seed, result)) {
            check.problems.push_back(fmt::format("seed {}: {}", seed, problem));
        }
    }
    return check;
}

}  // namespace co::cli
