#include "lessons/format/schedule.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace co::lessons {
namespace {

constexpr std::string_view between = " \t\r\n,";
constexpr std::string_view schedule_example =
    "write STEP:COROUTINE (14:3, 14:main), STEP:seedN (30:seed7), or what goes wrong: 41:drop, 41:delay50, 52:kill6, "
    "52:cut1_2, 60:heal1_2";

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

[[noreturn]] void fail(std::string_view word) {
    throw ScheduleError(fmt::format("`{}` is no choice of a schedule; {}", word, schedule_example));
}

/// What stands behind `name`, as a number; nothing when it does not begin so.
template <class Number>
std::optional<Number> after(std::string_view what, std::string_view name, std::string_view word) {
    if (!what.starts_with(name)) return std::nullopt;
    const auto number = whole_number<Number>(what.substr(name.size()));
    if (!number) fail(word);
    return number;
}

/// "1_2" behind `name`.
template <class Way>
std::optional<Way> way_after(std::string_view what, std::string_view name, std::string_view word) {
    if (!what.starts_with(name)) return std::nullopt;
    what.remove_prefix(name.size());
    const std::size_t middle = what.find('_');
    if (middle == std::string_view::npos) fail(word);
    const auto from = whole_number<std::uint32_t>(what.substr(0, middle));
    const auto to = whole_number<std::uint32_t>(what.substr(middle + 1));
    if (!from || !to) fail(word);
    return Way{*from, *to};
}

Decision parse_what(std::string_view what, std::string_view word) {
    if (what == "main") return RunsNext{0};
    if (what == "drop") return Drop{};
    if (const auto seed = after<std::uint64_t>(what, "seed", word)) return NewSeed{*seed};
    if (const auto milliseconds = after<std::uint32_t>(what, "delay", word)) return Delay{*milliseconds};
    if (const auto process = after<std::uint32_t>(what, "kill", word)) return Kill{*process};
    if (const auto way = way_after<Cut>(what, "cut", word)) return *way;
    if (const auto way = way_after<Heal>(what, "heal", word)) return *way;
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

std::string to_text(const Decision& what) {
    if (const auto* next = std::get_if<RunsNext>(&what)) return std::to_string(next->coroutine);
    if (const auto* chosen = std::get_if<NewSeed>(&what)) return fmt::format("seed{}", chosen->seed);
    if (const auto* late = std::get_if<Delay>(&what)) return fmt::format("delay{}", late->milliseconds);
    if (const auto* killed = std::get_if<Kill>(&what)) return fmt::format("kill{}", killed->process);
    if (const auto* way = std::get_if<Cut>(&what)) return fmt::format("cut{}_{}", way->from, way->to);
    if (const auto* way = std::get_if<Heal>(&what)) return fmt::format("heal{}_{}", way->from, way->to);
    return "drop";
}

std::string to_text(const Pick& pick) { return fmt::format("{}:{}", pick.step, to_text(pick.what)); }

std::string to_text(const Schedule& schedule) {
    std::string text;
    for (const Pick& pick : schedule) text += (text.empty() ? "" : ",") + to_text(pick);
    return text;
}

}  // namespace co::lessons
