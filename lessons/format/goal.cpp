#include "lessons/format/goal.h"

#include <algorithm>
#include <charconv>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

/// Where `word` stands in `text`, not between quotes; npos where it does not.
std::size_t find_outside_quotes(std::string_view text, std::string_view word) {
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quote != 0) {
            if (text[i] == quote) quote = 0;
        } else if (text.substr(i).starts_with(word)) {
            return i;
        } else if (text[i] == '"' || text[i] == '\'') {
            quote = text[i];
        }
    }
    return std::string_view::npos;
}

/// "3 times push results": the number, cut off the front; 0 where there is none.
std::optional<std::uint32_t> cut_times(std::string_view& text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::string_view word = " times ";
    const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc{} || !rest.starts_with(word)) return std::nullopt;
    text = trim(rest.substr(word.size()));
    return number;
}

Clause parse_clause(std::string_view text) {
    Clause clause;
    clause.text = text;
    if (text.empty()) throw ConditionError("a clause of the goal is empty; write for instance `print \"done\"`");
    if (text == "no problem") {
        clause.form = Clause::Form::no_problem;
        return clause;
    }
    constexpr std::string_view before = " before ";
    if (const std::size_t at = find_outside_quotes(text, before); at != std::string_view::npos) {
        clause.form = Clause::Form::before;
        clause.later = parse_condition(text.substr(at + before.size()));
        text = text.substr(0, at);
    } else if (const auto number = cut_times(text)) {
        clause.form = Clause::Form::times;
        clause.number = *number;
    } else if (text.starts_with("no ")) {
        clause.form = Clause::Form::never;
        text.remove_prefix(3);
    }
    clause.condition = parse_condition(text);
    return clause;
}

std::uint32_t count(const Condition& condition, const co::trace::Trace& trace, std::uint32_t most) {
    std::uint32_t found = 0, step = 0;
    while (found <= most) {
        const auto next = find_step(trace, condition, step);
        if (!next) return found;
        ++found;
        step = *next;
    }
    return found;
}

bool comes_before(const Clause& clause, const co::trace::Trace& trace) {
    const auto first = find_step(trace, clause.condition, 0);
    const auto second = find_step(trace, clause.later, 0);
    return first && second && *first < *second;
}

}  // namespace

Goal parse_goal(std::string_view text) {
    Goal goal{std::string(trim(text)), {}};
    constexpr std::string_view word = " and ";
    for (std::string_view rest = text;;) {
        const std::size_t end = find_outside_quotes(rest, word);
        goal.clauses.push_back(parse_clause(trim(rest.substr(0, end))));
        if (end == std::string_view::npos) return goal;
        rest.remove_prefix(end + word.size());
    }
}

bool is_met(const Clause& clause, const Outcome& outcome) {
    switch (clause.form) {
        case Clause::Form::happens:
            return find_step(outcome.trace, clause.condition, 0).has_value();
        case Clause::Form::never:
            return !find_step(outcome.trace, clause.condition, 0);
        case Clause::Form::times:
            return count(clause.condition, outcome.trace, clause.number) == clause.number;
        case Clause::Form::before:
            return comes_before(clause, outcome.trace);
        case Clause::Form::no_problem:
            return outcome.ok;
    }
    return false;
}

bool is_met(const Goal& goal, const Outcome& outcome) { return first_unmet(goal, outcome) == nullptr; }

const Clause* first_unmet(const Goal& goal, const Outcome& outcome) {
    const auto unmet =
        std::ranges::find_if(goal.clauses, [&](const Clause& clause) { return !is_met(clause, outcome); });
    return unmet == goal.clauses.end() ? nullptr : &*unmet;
}

}  // namespace co::lessons
