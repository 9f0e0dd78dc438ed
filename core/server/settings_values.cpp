// Settings by name, as scripts write them: one table says for each name how it is written and how it is read.
#include <co/server_settings.h>
#include <co/suggest.h>

#include <cmath>
#include <limits>

namespace co {
namespace {

/// Settings while names are applied to them. How packets are framed takes several names together.
struct Draft {
    ServerSettings settings;
    std::optional<bool> open_eof_split;
    std::optional<bool> open_length_check;
    std::optional<std::size_t> body_offset;
};

/// Writes a value into a draft; what is wrong with it, or empty.
using Write = std::string (*)(const SettingValue&, Draft&);
/// Reads it back; none: it is unset.
using Read = std::optional<SettingValue> (*)(const ServerSettings&);

struct Setting {
    std::string_view name;
    Write write;
    Read read;
};

// -- one kind of value each: what a script may write ------------------------------------------------------------------

template <typename Number>
std::string take_number(const SettingValue& value, Number& to) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!number) return "must be a whole number";
    if (*number < 0) return "must not be negative";
    if (static_cast<std::uint64_t>(*number) > static_cast<std::uint64_t>(std::numeric_limits<Number>::max()))
        return "is too large";
    to = static_cast<Number>(*number);
    return {};
}

template <typename Number>
std::string take_number(const SettingValue& value, std::optional<Number>& to) {
    Number number{};
    std::string wrong = take_number(value, number);
    if (wrong.empty()) to = number;
    return wrong;
}

std::string take_seconds(const SettingValue& value, Duration& to) {
    double seconds = 0;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        seconds = static_cast<double>(*whole);
    else if (const auto* number = std::get_if<double>(&value))
        seconds = *number;
    else
        return "must be a number of seconds";
    constexpr double longest = 365.0 * 24 * 3600;
    if (!(seconds > 0 && seconds <= longest)) return "must be above 0 seconds, and at most a year";
    to = Duration(std::llround(seconds * 1e9));
    return {};
}

std::string take_seconds(const SettingValue& value, std::optional<Duration>& to) {
    Duration duration{};
    std::string wrong = take_seconds(value, duration);
    if (wrong.empty()) to = duration;
    return wrong;
}

std::string take_flag(const SettingValue& value, bool& to) {
    const auto* flag = std::get_if<bool>(&value);
    if (!flag) return "must be true or false";
    to = *flag;
    return {};
}

std::string take_text(const SettingValue& value, std::string& to) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return "must be a string";
    to = *text;
    return {};
}

SettingValue as_number(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::optional<SettingValue> as_seconds(std::optional<Duration> duration) {
    if (!duration) return std::nullopt;
    if (duration->count() % 1'000'000'000 == 0) return SettingValue(std::int64_t{duration->count() / 1'000'000'000});
    return SettingValue(static_cast<double>(duration->count()) / 1e9);
}
template <typename Number>
std::optional<SettingValue> as_number(const std::optional<Number>& number) {
    return number ? std::optional(as_number(*number)) : std::nullopt;
}

std::string take_policy(const SettingValue& value, DispatchPolicy& to) {
    std::uint8_t number = 0;
    if (std::string wrong = take_number(value, number); !wrong.empty()) return wrong;
    if (number < 1 || number > 5)
        return "must be 1 (round robin), 2 (by connection), 3 (by idle worker), 4 (by address) or 5 (by function)";
    to = static_cast<DispatchPolicy>(number);
    return {};
}

/// How tasks reach their workers (tutorial 2.5): there is one way, which is also the tutorial's default.
std::string take_task_ipc(const SettingValue& value) {
    std::uint8_t number = 0;
    if (std::string wrong = take_number(value, number); !wrong.empty()) return wrong;
    if (number == 1) return {};
    return "must be 1 (sockets between the processes); message queues (2 and 3) there are none, and a task goes to the "
           "worker that has least to do in any case";
}

std::string take_level(const SettingValue& value, std::optional<LogLevel>& to) {
    const auto* name = std::get_if<std::string>(&value);
    const auto level = name ? log_level_from(*name) : std::nullopt;
    if (!level) return "must be \"debug\", \"info\", \"warning\", \"error\" or \"off\"";
    to = level;
    return {};
}

using Settings = const ServerSettings&;
using Held = std::optional<SettingValue>;

// -- one setting each: a name, and the field that it stands for
// ---------------------------------------------------------

template <auto Field>
constexpr Setting number(std::string_view name) {
    return {name, [](const SettingValue& value, Draft& draft) { return take_number(value, draft.settings.*Field); },
            [](Settings settings) -> Held { return as_number(settings.*Field); }};
}

template <auto Field>
constexpr Setting seconds(std::string_view name) {
    return {name, [](const SettingValue& value, Draft& draft) { return take_seconds(value, draft.settings.*Field); },
            [](Settings settings) -> Held { return as_seconds(settings.*Field); }};
}

template <auto Field>
constexpr Setting flag(std::string_view name) {
    return {name, [](const SettingValue& value, Draft& draft) { return take_flag(value, draft.settings.*Field); },
            [](Settings settings) -> Held { return SettingValue(settings.*Field); }};
}

template <auto Field>
constexpr Setting text(std::string_view name) {
    return {name, [](const SettingValue& value, Draft& draft) { return take_text(value, draft.settings.*Field); },
            [](Settings settings) -> Held { return (settings.*Field).empty() ? std::nullopt : Held(settings.*Field); }};
}

template <auto Field, FramingKind Kind>
constexpr Setting framing_text(std::string_view name) {
    return {name,
            [](const SettingValue& value, Draft& draft) { return take_text(value, draft.settings.framing.*Field); },
            [](Settings settings) -> Held {
                return settings.framing.kind == Kind ? Held(settings.framing.*Field) : std::nullopt;
            }};
}

template <auto Field, FramingKind Kind>
constexpr Setting framing_flag(std::string_view name) {
    return {name,
            [](const SettingValue& value, Draft& draft) {
                bool flag = false;
                std::string wrong = take_flag(value, flag);
                if (wrong.empty()) draft.*Field = flag;
                return wrong;
            },
            [](Settings settings) -> Held { return settings.framing.kind == Kind ? Held(true) : std::nullopt; }};
}

using S = ServerSettings;

constexpr Setting all_settings[] = {
    number<&S::workers>("worker_num"),
    number<&S::reactors>("reactor_num"),
    number<&S::task_workers>("task_worker_num"),
    {"dispatch_mode",
     [](const SettingValue& value, Draft& draft) { return take_policy(value, draft.settings.dispatch); },
     [](Settings settings) -> Held { return as_number(static_cast<std::uint64_t>(settings.dispatch)); }},
    number<&S::backlog>("backlog"),
    number<&S::max_connections>("max_connections"),
    number<&S::max_connections_of_address>("max_connections_of_address"),
    number<&S::output_buffer>("buffer_output_size"),
    flag<&S::send_yield>("send_yield"),
    seconds<&S::send_timeout>("send_timeout"),
    seconds<&S::heartbeat_check>("heartbeat_check_interval"),
    seconds<&S::heartbeat_idle>("heartbeat_idle_time"),
    flag<&S::keep_alive>("open_tcp_keepalive"),
    seconds<&S::keep_alive_idle>("tcp_keepidle"),
    seconds<&S::keep_alive_interval>("tcp_keepinterval"),
    number<&S::keep_alive_probes>("tcp_keepcount"),
    {"task_ipc", [](const SettingValue& value, Draft&) { return take_task_ipc(value); },
     [](Settings) -> Held { return std::nullopt; }},
    number<&S::max_request>("max_request"),
    number<&S::task_max_request>("task_max_request"),
    number<&S::max_coroutines>("max_coroutines"),
    number<&S::task_queue>("task_queue"),
    flag<&S::reload_async>("reload_async"),
    seconds<&S::max_wait_time>("max_wait_time"),
    flag<&S::daemonize>("daemonize"),
    text<&S::pid_file>("pid_file"),
    text<&S::log_file>("log_file"),
    {"log_level", [](const SettingValue& value, Draft& draft) { return take_level(value, draft.settings.log_level); },
     [](Settings settings) -> Held {
         if (!settings.log_level) return std::nullopt;
         return Held(std::string(to_string(*settings.log_level)));
     }},
    number<&S::log_rotation_size>("log_rotation_size"),
    number<&S::log_rotation_files>("log_rotation_files"),
    framing_flag<&Draft::open_eof_split, FramingKind::eof>("open_eof_split"),
    framing_text<&Framing::delimiter, FramingKind::eof>("package_eof"),
    framing_flag<&Draft::open_length_check, FramingKind::length>("open_length_check"),
    framing_text<&Framing::length_type, FramingKind::length>("package_length_type"),
    {"package_length_offset",
     [](const SettingValue& value, Draft& draft) { return take_number(value, draft.settings.framing.length_offset); },
     [](Settings settings) -> Held {
         if (settings.framing.kind != FramingKind::length) return std::nullopt;
         return as_number(settings.framing.length_offset);
     }},
    {"package_body_offset",
     [](const SettingValue& value, Draft& draft) { return take_number(value, draft.body_offset); },
     [](Settings settings) -> Held {
         if (settings.framing.kind != FramingKind::length) return std::nullopt;
         return as_number(settings.framing.body_offset);
     }},
    {"package_max_length",
     [](const SettingValue& value, Draft& draft) { return take_number(value, draft.settings.framing.max_packet); },
     [](Settings settings) -> Held { return as_number(settings.framing.max_packet); }},
};

std::string apply_one(const NamedSetting& named, Draft& draft) {
    for (const Setting& setting : all_settings) {
        if (setting.name != named.first) continue;
        const std::string wrong = setting.write(named.second, draft);
        return wrong.empty() ? wrong : named.first + ' ' + wrong;
    }
    std::vector<std::string_view> known;
    for (const Setting& setting : all_settings) known.push_back(setting.name);
    return "there is no setting " + named.first + ": " + suggest(named.first, known);
}

/// What the settings of framing mean together; what is wrong with them, or empty.
std::string settle_framing(Draft& draft) {
    Framing& framing = draft.settings.framing;
    if (draft.open_eof_split.value_or(false) && draft.open_length_check.value_or(false))
        return "open_eof_split and open_length_check exclude each other: a packet ends in one way";
    if (draft.open_eof_split.value_or(false)) {
        if (framing.kind != FramingKind::eof && framing.delimiter.empty()) framing.delimiter = "\r\n";
        framing.kind = FramingKind::eof;
    } else if (draft.open_length_check.value_or(false)) {
        if (framing.kind != FramingKind::length) framing.body_offset = 0;
        framing.kind = FramingKind::length;
    } else if (draft.open_eof_split || draft.open_length_check) {
        framing.kind = FramingKind::none;
    }
    if (draft.body_offset) framing.body_offset = *draft.body_offset;
    return {};
}

bool is_named(std::span<const NamedSetting> values, std::string_view name) {
    for (const NamedSetting& value : values)
        if (value.first == name) return true;
    return false;
}

}  // namespace

std::vector<std::string> apply_values(std::span<const NamedSetting> values, ServerSettings& settings) {
    Draft draft{.settings = settings, .open_eof_split = {}, .open_length_check = {}, .body_offset = {}};
    // An empty package_eof is one that was named: the default must not hide it.
    const bool names_delimiter = is_named(values, "package_eof");
    std::vector<std::string> found;
    auto complain = [&](std::string sentence) {
        if (!sentence.empty()) found.push_back(std::move(sentence));
    };
    for (const NamedSetting& named : values) complain(apply_one(named, draft));
    const std::string delimiter = draft.settings.framing.delimiter;
    complain(settle_framing(draft));
    if (names_delimiter) draft.settings.framing.delimiter = delimiter;
    for (std::string& sentence : complaints(draft.settings)) complain(std::move(sentence));
    if (found.empty()) settings = std::move(draft.settings);
    return found;
}

std::vector<NamedSetting> to_values(const ServerSettings& settings) {
    std::vector<NamedSetting> values;
    for (const Setting& setting : all_settings)
        if (Held value = setting.read(settings)) values.emplace_back(setting.name, *std::move(value));
    return values;
}

}  // namespace co
