#include "lessons/format/schedule.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace co::lessons {
namespace {

constexpr std::string_view between = " \t\r\n,";
constexpr std::string_view example = "write STEP:COROUTINE (14:3, 14:main) or STEP:seedN (30:seed7)";

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

[[noreturn]] void fail(std::string_view word) {
    throw ScheduleError(fmt::format("`{}` is no choice of a schedule; {}", word, example));
}

std::variant<RunsNext, NewSeed> parse_what(std::string_view what, std::string_view word) {
    if (what == "main") return RunsNext{0};
    if (what.starts_with("seed")) {
        const auto seed = whole_number<std::uint64_t>(what.substr(4));
        if (!seed) fail(word);
        return NewSeed{*seed};
    }
    if (what.starts_with("co#")) what.remove_prefix(3);
    const auto coroutine = whole_number<std::uint32_t>(what);
    if (!coroutine) fail(word);
    return RunsNext{*coroutine};
}

Pick parse_pick(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) fail(word);
    const auto step = whole_number<std::uint32_t>(word.substr(0, colon));
    if (!step || *step == 0) fail(word);
    return {*step, parse_what(word.substr(colon + 1), word)};
}

}  // namespace

Schedule parse_schedule(std::string_view text) {
    Schedule schedule;
    for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(between, at), text.size());
        const std::string_view word = text.substr(at, end - at);
        schedule.push_back(parse_pick(word));
        const bool grows = schedule.size() < 2 || schedule[schedule.size() - 2].step <= schedule.back().step;
        if (!grows) throw ScheduleError(fmt::format("`{}` comes after a later step; put the choices in order", word));
        at = text.find_first_not_of(between, end);
    }
    return schedule;
}

std::string to_text(const Pick& pick) {
    if (const auto* next = std::get_if<RunsNext>(&pick.what)) return fmt::format("{}:{}", pick.step, next->coroutine);
    return fmt::format("{}:seed{}", pick.step, std::get<NewSeed>(pick.what).seed);
}

std::string to_text(const Schedule& schedule) {
    std::string text;
    for (const Pick& pick : schedule) text += (text.empty() ? "" : ",") + to_text(pick);
    return text;
}

}  // namespace co::lessons
