// Goal: what a run has to show: of an exercise, that it is solved; of a challenge's invariant, that it holds.
//
//     co::lessons::Goal goal = co::lessons::parse_goal("print 'tea' before print 'milk' and no problem");
//     co::lessons::is_met(goal, {run.trace, run.ok()})
//
// The grammar of `goal` and `invariant`:
//
//     goal   = clause { " and " clause }
//     clause = CONDITION                      it happens (lessons/format/condition.h: print "got tea", push results, …)
//            | "no " CONDITION                it never happens
//            | NUMBER " times " CONDITION     it happens exactly so often
//            | CONDITION " before " CONDITION the first time of the one comes before the first time of the other
//            | "no problem"                   nothing went wrong: no error, no deadlock, no limit exceeded
//
// Words between quotes belong to the text: print "this and that" is one clause.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/format/condition.h"

namespace co::lessons {

struct Clause {
    enum class Form : std::uint8_t { happens, never, times, before, no_problem };

    Form form = Form::happens;
    std::string text;          // as it was written
    Condition condition;       // of all but no_problem
    Condition later;           // of before
    std::uint32_t number = 0;  // of times
};

struct Goal {
    std::string text;
    std::vector<Clause> clauses;  // all of them have to be true; none: no goal
};

/// What a goal is asked of.
struct Outcome {
    const co::trace::Trace& trace;
    bool ok = true;  // nothing went wrong
};

/// Throws ConditionError.
Goal parse_goal(std::string_view text);

bool is_met(const Clause& clause, const Outcome& outcome);
bool is_met(const Goal& goal, const Outcome& outcome);
/// The first clause that is not true; null: all are.
const Clause* first_unmet(const Goal& goal, const Outcome& outcome);

}  // namespace co::lessons
