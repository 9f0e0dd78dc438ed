#include "visualizer/model/words.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

namespace co::studio {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

/// `ns` in a unit of `unit` ns, with at most `digits` decimals and no trailing zeros.
std::string trimmed(std::int64_t ns, std::int64_t unit, int digits) {
    std::string text = fmt::format("{:.{}f}", static_cast<double>(ns) / static_cast<double>(unit), digits);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

template <typename Object>
std::string name_of(const trace::Trace& trace, const Object* object, std::string_view noun, std::uint32_t id) {
    if (object && object->name != 0) return trace.texts[object->name];
    return fmt::format("{} {}", noun, own_number(id));
}

}  // namespace

std::string duration_text(std::int64_t ns) {
    const std::int64_t size = ns < 0 ? -ns : ns;
    if (size == 0) return "0 ms";
    if (size < 1'000) return fmt::format("{} ns", ns);
    if (size < 1'000'000) return trimmed(ns, 1'000, 3) + " µs";
    if (size < 10 * nanoseconds_per_second) return trimmed(ns, 1'000'000, 3) + " ms";
    return trimmed(ns, nanoseconds_per_second, 3) + " s";
}

std::string seconds_text(std::int64_t ns) {
    return fmt::format("{:.3f} s", static_cast<double>(ns) / static_cast<double>(nanoseconds_per_second));
}

std::string plain_seconds_text(std::int64_t ns) { return seconds_number(ns) + " s"; }

std::string seconds_number(std::int64_t ns) { return trimmed(ns, nanoseconds_per_second, 9); }

std::string list_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    return text;
}

std::string few_of(const std::vector<std::string>& names, std::size_t most) {
    if (names.size() <= most) return list_of(names);
    std::vector<std::string> few(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most));
    few.push_back(fmt::format("{} more", names.size() - most));
    return list_of(few);
}

std::vector<std::string> joined_chips(std::string_view text) {
    std::vector<std::string> chips;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(", "), text.size());
        const std::string_view chip = text.substr(0, end);
        chips.emplace_back(chip == "co#0" ? "main" : chip);
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return chips;
}

std::vector<std::string> select_names(const trace::Trace& trace, const State& state, const Wait& wait) {
    std::vector<std::string> names;
    for (const SelectCase& one : wait.cases) names.push_back(channel_name(trace, state, one.channel));
    return names;
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string as_sentence(std::string_view text) {
    std::string sentence(text);
    // A call such as push("milk") and a name such as co#1 keep their own spelling.
    const std::size_t word_end = sentence.find_first_of(" .,;:(#");
    const bool is_plain_word = word_end == std::string::npos || sentence[word_end] == ' ' || sentence[word_end] == ',';
    if (is_plain_word && !sentence.starts_with("main") && !sentence.empty()) {
        sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
    }
    if (!sentence.ends_with('.')) sentence += '.';
    return sentence;
}

std::string shown_bytes(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        if (byte == '\n')
            text += "\\n";
        else if (byte == '\r')
            text += "\\r";
        else if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F)
            text += "·";
        else
            text += byte;
    }
    return text;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string chip_text(std::uint32_t coroutine) {
    if (coroutine == trace::nobody) return "loop";
    if (own_number(coroutine) == 0) return "main";
    return fmt::format("co#{}", own_number(coroutine));
}

std::string_view activity_name(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return "not started";
        case Activity::running:
            return "running";
        case Activity::ready:
            return "ready";
        case Activity::waiting_channel:
            return "waiting: channel";
        case Activity::waiting_timer:
            return "waiting: timer";
        case Activity::waiting_io:
            return "waiting: I/O";
        case Activity::done:
            return "done";
        case Activity::failed:
            return "failed";
        case Activity::handed_off:
            return "handed off";
    }
    return "unknown";
}

std::string channel_name(const trace::Trace& trace, const State& state, std::uint32_t id) {
    return name_of(trace, state.channel(id), "channel", id);
}

std::string group_name(const trace::Trace& trace, const State& state, std::uint32_t id) {
    return name_of(trace, state.group(id), "group", id);
}

std::string gate_name(const trace::Trace& trace, const State& state, std::uint32_t id) {
    const GateState* gate = state.gate(id);
    return name_of(trace, gate, gate ? noun_of(gate->kind) : "gate", id);
}

std::string shared_name(const trace::Trace& trace, const State& state, std::uint32_t id) {
    const SharedState* one = state.shared_one(id);
    return name_of(trace, one, one ? maker_of(one->kind) : "shared memory", id);
}

std::string timer_name(const trace::Trace& trace, const State& state, std::uint32_t id) {
    const TimerState* timer = state.timer(id);
    return timer && timer->name != 0 ? "timer " + trace.texts[timer->name] : fmt::format("timer {}", own_number(id));
}

std::string role_name(std::uint32_t role) {
    constexpr std::array<std::string_view, 5> kinds{"master", "manager", "reactor", "worker", "task worker"};
    const std::uint32_t kind = role >> 16;
    if (kind >= kinds.size()) return fmt::format("role {}", role);
    return kind < 2 ? std::string(kinds[kind]) : fmt::format("{} {}", kinds[kind], role & 0xFFFF);
}

std::string wait_call(const trace::Trace& trace, const Wait& wait, std::int64_t since) {
    switch (wait.kind) {
        case WaitKind::none:
            break;
        case WaitKind::sleep:
            return fmt::format("sleep({})", seconds_number(wait.deadline - since));
        case WaitKind::pop:
            return "pop()";
        case WaitKind::push:
            return fmt::format("push({})", trace.texts[wait.text]);
        case WaitKind::group:
            return "wait()";
        case WaitKind::resume:
            return "yield()";
        case WaitKind::select:
            return "select()";
        case WaitKind::join:
            return "join()";
        case WaitKind::lock:
            return "lock()";
        case WaitKind::acquire:
            return "acquire()";
        case WaitKind::barrier:
            return "wait()";
        case WaitKind::descriptor:
            return fmt::format("{} {} descriptor {}", trace.texts[wait.text],
                               trace.texts[wait.text] == "write" ? "to" : "of", wait.object);
        case WaitKind::send:
            return "send()";
        case WaitKind::post:
            return fmt::format("message to {}", role_name(wait.object));
        case WaitKind::task:
            return "task_wait()";
        case WaitKind::aside:
            return trace.texts[wait.text];
        case WaitKind::shared_lock:
            return "lock()";
        case WaitKind::shared_number:
            return "wait()";
    }
    return "";
}

std::string wait_place(const trace::Trace& trace, const State& state, const Wait& wait, std::int64_t since) {
    const std::string call = wait_call(trace, wait, since);
    switch (wait.kind) {
        case WaitKind::pop:
        case WaitKind::push:
            return fmt::format("{} on {}", call, channel_name(trace, state, wait.object));
        case WaitKind::descriptor:
        case WaitKind::post:
            return "a " + call;
        case WaitKind::send:
            return fmt::format("{} to connection {}", call, wait.object);
        case WaitKind::group:
            return fmt::format("{} on {}", call, group_name(trace, state, wait.object));
        case WaitKind::select:
            return fmt::format("{} on {}", call, few_of(select_names(trace, state, wait)));
        case WaitKind::join:
            return fmt::format("{} of {}", call, few_of(joined_chips(trace.texts[wait.text])));
        case WaitKind::lock:
        case WaitKind::acquire:
        case WaitKind::barrier:
            return fmt::format("{} on {}", call, gate_name(trace, state, wait.object));
        case WaitKind::shared_lock:
        case WaitKind::shared_number:
            return fmt::format("{} on {}", call, shared_name(trace, state, wait.object));
        default:
            return call;
    }
}

}  // namespace co::studio
