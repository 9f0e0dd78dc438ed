#include "lessons/format/condition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include <co/subject.h>
#include <co/suggest.h>
#include <fmt/format.h>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

using co::trace::Event;
using co::trace::EventKind;
using co::trace::Subject;
using Compare = Condition::Compare;

constexpr std::array compare_words = {
    std::pair{std::string_view("=="), Compare::equal},
    std::pair{std::string_view("!="), Compare::unequal},
    std::pair{std::string_view("<="), Compare::less_or_equal},
    std::pair{std::string_view(">="), Compare::greater_or_equal},
    std::pair{std::string_view("<"), Compare::less},
    std::pair{std::string_view(">"), Compare::greater},
};

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Cuts `line N` off the end; 0 when it isn't there.
std::uint32_t cut_line(std::string_view& text) {
    constexpr std::string_view word = " line ";
    const std::size_t start = text.rfind(word);
    if (start == std::string_view::npos) return 0;
    const auto line = number_of<std::uint32_t>(trim(text.substr(start + word.size())));
    if (!line || *line == 0) return 0;
    text = trim(text.substr(0, start));
    return *line;
}

std::string_view without_quotes(std::string_view text) {
    const bool quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

void parse_length(std::string_view rest, Condition& condition) {
    const auto fail = [] { throw ConditionError("a channel's condition reads `chan NAME.len == NUMBER`"); };
    condition.form = Condition::Form::length;
    const std::size_t dot = rest.find(".len");
    if (dot == std::string_view::npos || dot == 0) fail();
    condition.text = rest.substr(0, dot);
    rest = trim(rest.substr(dot + 4));
    const auto word = std::find_if(compare_words.begin(), compare_words.end(),
                                   [&](const auto& candidate) { return rest.starts_with(candidate.first); });
    if (word == compare_words.end()) fail();
    const auto length = number_of<std::int64_t>(trim(rest.substr(word->first.size())));
    if (!length) fail();
    condition.compare = word->second;
    condition.length = *length;
}

// Every kind that is a step: a checkpoint pauses there.
std::vector<std::string_view> step_kinds() {
    std::vector<std::string_view> names;
    for (auto number = 0; number <= static_cast<int>(co::trace::last_kind); ++number) {
        const auto kind = static_cast<EventKind>(number);
        if (co::trace::is_step(kind)) names.push_back(co::trace::name(kind));
    }
    return names;
}

EventKind kind_of(std::string_view word) {
    for (auto number = 0; number <= static_cast<int>(co::trace::last_kind); ++number) {
        const auto kind = static_cast<EventKind>(number);
        if (co::trace::is_step(kind) && co::trace::name(kind) == word) return kind;
    }
    throw ConditionError(fmt::format("unknown kind of step `{}`; {}", word, suggest(word, step_kinds())));
}

bool holds(Compare compare, std::int64_t left, std::int64_t right) {
    switch (compare) {
        case Compare::equal:
            return left == right;
        case Compare::unequal:
            return left != right;
        case Compare::less:
            return left < right;
        case Compare::less_or_equal:
            return left <= right;
        case Compare::greater:
            return left > right;
        case Compare::greater_or_equal:
            return left >= right;
    }
    return false;
}

// Whose name a condition gives: `cancel co#2` names a coroutine, and so does whatever has no object of its own.
Subject named_by(EventKind kind) {
    switch (const Subject subject = co::trace::subject_of(kind)) {
        case Subject::family:
        case Subject::loop:
        case Subject::program:
        case Subject::descriptor:
            return Subject::coroutine;
        default:
            return subject;
    }
}

// What a condition needs to know of the run so far: the names, and how many values are in each channel.
class Fold {
  public:
    explicit Fold(const co::trace::Trace& trace) : trace_(trace) {}

    /// True when there is a channel more, or a value more or less in one.
    bool apply(const Event& event) {
        if (event.kind == EventKind::start) name(Subject::coroutine, event.coroutine, event);
        if (event.kind == EventKind::go) name(Subject::coroutine, event.object, event);
        if (event.kind == EventKind::timer_fire) name(Subject::coroutine, event.coroutine, event);
        if (event.kind == EventKind::loop_call) name(Subject::coroutine, event.coroutine, event);
        if (event.kind == EventKind::gate) name(Subject::gate, event.object, event);
        if (event.kind == EventKind::shared) name(Subject::shared, event.object, event);
        if (event.kind == EventKind::timer_after) name(Subject::timer, event.object, event);
        if (event.kind == EventKind::timer_tick) name(Subject::timer, event.object, event);
        if (event.kind == EventKind::group) name(Subject::group, event.object, event);
        if (event.kind == EventKind::channel) {
            name(Subject::channel, event.object, event);
            lengths_[event.object] = 0;
            return true;
        }
        // A value that goes straight from hand to hand leaves the number of seats taken as it was.
        const bool handed_over = event.other != co::trace::nobody;
        const bool is_more = event.kind == EventKind::push, is_less = event.kind == EventKind::pop;
        if (handed_over || !(is_more || is_less)) return false;
        lengths_[event.object] += is_more ? 1 : -1;
        return true;
    }

    bool is_called(const Event& event, std::string_view wanted) const {
        const Subject subject = named_by(event.kind);
        const bool of_other =
            event.kind == EventKind::go || event.kind == EventKind::resume || event.kind == EventKind::cancel;
        const std::uint32_t id = subject == Subject::coroutine && !of_other ? event.coroutine : event.object;
        if (subject == Subject::coroutine && wanted == (id == 0 ? "main" : fmt::format("co#{}", id))) return true;
        const auto found = names_.find({subject, id});
        if (found == names_.end()) return false;
        const std::string_view full = found->second;
        return full == wanted || (subject == Subject::coroutine && full.substr(0, full.find('(')) == wanted);
    }

    /// Does some channel of this name compare so?
    bool any_length(const Condition& condition) const {
        return std::any_of(lengths_.begin(), lengths_.end(), [&](const auto& entry) {
            const auto found = names_.find({Subject::channel, entry.first});
            return found != names_.end() && found->second == condition.text &&
                   holds(condition.compare, entry.second, condition.length);
        });
    }

  private:
    void name(Subject subject, std::uint32_t id, const Event& event) { names_[{subject, id}] = trace_.text(event); }

    const co::trace::Trace& trace_;
    std::map<std::pair<Subject, std::uint32_t>, std::string_view> names_;
    std::map<std::uint32_t, std::int64_t> lengths_;
};

bool matches(const Condition& condition, const Event& event, const co::trace::Trace& trace, const Fold& fold,
             bool length_begins_to_hold) {
    if (condition.line != 0 && condition.line != event.line) return false;
    switch (condition.form) {
        case Condition::Form::print:
            return event.kind == EventKind::print && trace.text(event) == condition.text;
        case Condition::Form::length:
            return length_begins_to_hold;
        case Condition::Form::event:
            return event.kind == condition.kind && (condition.text.empty() || fold.is_called(event, condition.text));
    }
    return false;
}

}  // namespace

Condition parse_condition(std::string_view text) {
    Condition condition;
    std::string_view rest = trim(text);
    condition.line = cut_line(rest);
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest = trim(rest.substr(end));
    if (word == "print" && !rest.empty()) {
        condition.form = Condition::Form::print;
        condition.text = without_quotes(rest);
    } else if (word == "chan") {
        parse_length(rest, condition);
    } else {
        condition.kind = kind_of(word);
        condition.text = without_quotes(rest);
    }
    return condition;
}

std::optional<std::uint32_t> find_step(const co::trace::Trace& trace, const Condition& condition,
                                       std::uint32_t after_step) {
    // Runs of 50,000 steps are judged while a person waits: what happened is looked at only where the condition asks.
    const bool is_of_length = condition.form == Condition::Form::length;
    const bool names_something = condition.form == Condition::Form::event && !condition.text.empty();
    Fold fold(trace);
    std::uint32_t step = 0;
    bool length_holds = false;
    for (const Event& event : trace.events) {
        const bool held_before = length_holds;
        if ((is_of_length || names_something) && fold.apply(event) && is_of_length)
            length_holds = fold.any_length(condition);
        if (!co::trace::is_step(event.kind)) continue;
        ++step;
        if (step > after_step && matches(condition, event, trace, fold, length_holds && !held_before)) return step;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> find_step(const co::trace::Trace& trace, const std::string& condition,
                                       std::uint32_t after_step) {
    return find_step(trace, parse_condition(condition), after_step);
}

}  // namespace co::lessons
