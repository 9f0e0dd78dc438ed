#include "lessons/host/findings.h"

#include <algorithm>
#include <array>

#include <co/coroutine.h>
#include <fmt/format.h>

namespace co::lessons {
namespace {

Finding finding_at(FindingKind kind, const Script& script, std::uint32_t script_line) {
    Finding finding{};
    finding.kind = kind;
    finding.file = file_of(script);
    finding.script_line = script_line;
    finding.line = script_line == 0 ? 0 : script_line + script.line_offset;
    return finding;
}

std::string chip(CoroutineId id) { return id == 0 ? "main" : fmt::format("co#{}", id); }

// "co#2 producer("tea")"; the main coroutine bears the script's name, which says nothing new.
std::string title(CoroutineId id, const std::string& name) {
    return id == 0 ? "main" : chip(id) + (name.empty() ? "" : " " + name);
}

struct Hint {
    std::string_view part;  // of the error message
    std::string_view remedy;
};

// The first whose part stands in the message.
constexpr std::array syntax_hints = {
    Hint{"'end' expected", "Close that block with `end`."},
    Hint{"'then' expected", "Write `then` between the condition and what follows from it."},
    Hint{"'do' expected", "Write `do` at the end of the loop's first line."},
    Hint{"')' expected", "Close the bracket: each `(` needs its `)`."},
    Hint{"'}' expected", "Close the table: each `{` needs its `}`."},
    Hint{"unfinished string", "Close the text with the same quote that it begins with."},
    Hint{"'=' expected", "Write a call or an assignment: Lua takes no bare expression as a statement."},
    Hint{"syntax error near '='", "Compare with `==`, assign with one `=` to one name."},
    Hint{"<eof>", "Something that was opened further up is not closed: look for a missing `end`, `)` or `}`."},
};
constexpr std::string_view syntax_remedy = "Look at this line and the one before it: the parser stopped here.";

constexpr std::array error_hints = {
    Hint{"attempt to call a nil value",
         "Nothing of this name can be called here: check how it is written, and that it "
         "is defined above this line."},
    Hint{"attempt to call a", "Only functions can be called: check which value this name has here."},
    Hint{"attempt to index a nil value", "It has no value here: check how it is written, or give it one before."},
    Hint{"attempt to index a", "Only tables and objects have fields: check which value this name has here."},
    Hint{"attempt to perform arithmetic on", "Check that it is a number here; tonumber() makes one of a text."},
    Hint{"attempt to concatenate", "Give it a value before it is joined; tostring() makes a text of anything."},
    Hint{"attempt to compare", "Compare values of the same kind: numbers with numbers, texts with texts."},
    Hint{"bad argument", "Correct this argument of the call."},
    Hint{"coroutines are alive", "Start fewer at once, or raise `coroutines` among the lesson's limits."},
    Hint{"while somebody waits", "Call add() for everybody before the first wait()."},
    Hint{"holds it already", "Unlock it before it is locked again; a mutex does not count."},
    Hint{"this coroutine does not hold it",
         "Only the coroutine that locked a mutex can unlock it: lock it here first."},
    Hint{"was called more often than add()", "Call add() once for each done()."},
    Hint{"the count would be negative", "Take no more away with add() than was added before."},
    Hint{"stack overflow", "The function calls itself without an end: give it a case in which it returns."},
};
constexpr std::string_view error_remedy =
    "Correct this line, or catch the error with pcall() where it is to be expected.";

template <std::size_t count>
std::string hint(const std::array<Hint, count>& hints, const std::string& message, std::string_view otherwise) {
    const auto found = std::find_if(hints.begin(), hints.end(), [&](const Hint& candidate) {
        return message.find(candidate.part) != std::string::npos;
    });
    return std::string(found == hints.end() ? otherwise : found->remedy);
}

Finding failure_finding(const Failure& failure, const Host& host) {
    const Script& script = host.script();
    std::uint32_t line = failure.line;
    std::string traceback, remedy;
    bool is_budget = false;
    try {
        std::rethrow_exception(failure.error);
    } catch (const ScriptError& error) {
        if (error.line > 0) line = error.line;
        traceback = error.traceback;
        is_budget = error.is_budget;
        remedy = error.remedy;
    } catch (...) {
        // Not the script's own error; `what` says it all.
    }
    Finding finding = finding_at(is_budget ? FindingKind::budget : FindingKind::uncaught_error, script, line);
    finding.what = failure.what;
    finding.remedy = remedy.empty() ? hint(error_hints, failure.what, error_remedy) : remedy;
    const std::uint32_t started = host.started_line(failure.coroutine);
    finding.details = "it ended " + title(failure.coroutine, failure.name);
    if (started > 0) finding.details += ", which was started at " + place_in(script, started);
    finding.details += "\n" + traceback;
    return finding;
}

std::string deadlock_remedy(const RunReport& report) {
    const auto waits_in = [&](WaitKind kind) {
        return std::any_of(report.survivors.begin(), report.survivors.end(),
                           [kind](const Survivor& survivor) { return survivor.wait == kind; });
    };
    // What others are to do first: a join or a barrier often waits only because somebody else waits for a value.
    if (waits_in(WaitKind::pop)) return "Close the channel, push one more value, or give pop() a timeout.";
    if (waits_in(WaitKind::push)) return "Pop the values, make the channel larger, or give push() a timeout.";
    if (waits_in(WaitKind::group)) return "Call done() once for each add(), or give wait() a timeout.";
    if (waits_in(WaitKind::select)) return "Push or close one of the channels, or give select() a timeout.";
    if (waits_in(WaitKind::shared_lock))
        return "Unlock the Lock on every way out: defer the unlock right after lock(), and hold it over no wait that "
               "may last; or give lock() a timeout.";
    if (waits_in(WaitKind::shared_number)) return "Call wake() once for each wait(), or give wait() a timeout.";
    if (waits_in(WaitKind::lock)) return "Unlock the mutex on every way out: defer the unlock right after lock().";
    if (waits_in(WaitKind::acquire)) return "Call release() once for each acquire(), or give acquire() a timeout.";
    if (waits_in(WaitKind::barrier)) return "Let as many coroutines arrive as the barrier was made for.";
    if (waits_in(WaitKind::read) || waits_in(WaitKind::write))
        return "Close or event.del() the descriptor when it is done with, or give the call a timeout.";
    if (waits_in(WaitKind::resume)) return "Call co.resume() with the id of a coroutine that waits in co.yield().";
    return "Let nobody join a coroutine that waits for the joiner, or give co.join() a timeout.";
}

// "(to close 'function' at line 1)" speaks of the script's own lines.
std::string with_file_lines(const std::string& text, const Script& script) {
    constexpr std::string_view word = "at line ";
    const std::size_t at = text.find(word);
    if (at == std::string::npos) return text;
    const std::size_t start = at + word.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789", start), text.size());
    if (start == end) return text;
    const std::uint64_t line = std::stoull(text.substr(start, end - start)) + script.line_offset;
    return text.substr(0, start) + std::to_string(line) + text.substr(end);
}

Finding deadlock_finding(const RunReport& report, const Host& host) {
    const Script& script = host.script();
    const std::uint32_t line = report.survivors.empty() ? 0 : report.survivors.front().line;
    Finding finding = finding_at(FindingKind::deadlock, script, line);
    finding.what = "Every coroutine waits and nothing can wake any of them.";
    finding.remedy = deadlock_remedy(report);
    for (const Survivor& survivor : report.survivors) {
        finding.details += fmt::format("{} waits in {}", title(survivor.coroutine, survivor.name),
                                       with_file_lines(survivor.waits_for, script));
        if (survivor.line > 0) finding.details += " at " + place_in(script, survivor.line);
        const std::uint32_t started = host.started_line(survivor.coroutine);
        if (started > 0) finding.details += ", started at " + place_in(script, started);
        finding.details += '\n';
    }
    return finding;
}

Finding exhausted_finding(const Exhausted& exhausted, const Host& host) {
    Finding finding = finding_at(FindingKind::budget, host.script(), exhausted.line);
    finding.what = exhausted.what;
    finding.remedy = exhausted.remedy;
    return finding;
}

Finding horizon_finding(const Host& host, const Limits& limits) {
    Finding finding = finding_at(FindingKind::horizon, host.script(), 0);
    finding.what = fmt::format("the run was ended at its horizon, {} s of simulated time",
                               static_cast<double>(*limits.horizon) / 1e9);
    finding.remedy = "Nothing is wrong; raise `horizon` among the lesson's limits to see more.";
    return finding;
}

}  // namespace

Finding syntax_finding(const Script& script, const Message& message) {
    Finding finding = finding_at(FindingKind::syntax_error, script, message.line);
    finding.what = with_file_lines(message.text, script);
    finding.remedy = hint(syntax_hints, message.text, syntax_remedy);
    return finding;
}

std::vector<Finding> findings_of(const RunReport& report, const Host& host, const Limits& limits) {
    std::vector<Finding> findings;
    for (const Failure& failure : report.failures) findings.push_back(failure_finding(failure, host));
    const auto& exhausted = host.exhausted();
    if (exhausted && !exhausted->was_thrown) findings.push_back(exhausted_finding(*exhausted, host));
    if (report.end == RunEnd::deadlock) findings.push_back(deadlock_finding(report, host));
    if (report.end == RunEnd::horizon && limits.horizon) findings.push_back(horizon_finding(host, limits));
    return findings;
}

Finding error_finding(const ScriptError& error, const Host& host, const std::string& process) {
    const CoroutineId self = co::id();
    const Failure failure{.coroutine = self,
                          .name = self == 0 ? process : "",
                          .started_at = {},
                          .line = error.line,
                          .what = error.what(),
                          .error = std::make_exception_ptr(error)};
    Finding finding = failure_finding(failure, host);
    finding.details = fmt::format("in {}, {}", process, finding.details);
    return finding;
}

std::vector<Finding> findings_of_process(const RunReport& report, const Host& host, const std::string& process) {
    std::vector<Finding> findings;
    if (const auto& exhausted = host.exhausted()) findings.push_back(exhausted_finding(*exhausted, host));
    if (report.end == RunEnd::deadlock) findings.push_back(deadlock_finding(report, host));
    for (const Failure& failure : report.failures) {
        try {
            std::rethrow_exception(failure.error);
        } catch (const ScriptError&) {
            // error_finding() has told of it.
        } catch (...) {
            findings.push_back(failure_finding(failure, host));
        }
    }
    for (Finding& finding : findings) finding.details = fmt::format("in {}\n{}", process, finding.details);
    return findings;
}

std::string Finding::report() const {
    std::string text = line > 0 ? fmt::format("{}:{}: {}\n", file, line, what) : fmt::format("{}: {}\n", file, what);
    std::string_view rest = details;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (end > 0) text += fmt::format("  {}\n", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!remedy.empty()) text += fmt::format("  {}\n", remedy);
    return text;
}

}  // namespace co::lessons
