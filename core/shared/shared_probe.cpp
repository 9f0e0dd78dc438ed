#include <co/shared_probe.h>

namespace co {

using trace::EventKind;

SharedProbe::SharedProbe(SharedKind kind, std::string name, std::int64_t value)
    : kind_(kind), name_(std::move(name)), value_(value) {
    if (Scheduler* scheduler = Scheduler::current_or_null()) announce(*scheduler);
}

void SharedProbe::announce(Scheduler& scheduler) const {
    number_ = scheduler.next_shared_id();
    scheduler.record(EventKind::shared,
                     {.object = number_, .other = static_cast<std::uint32_t>(kind_), .value = value_, .text = name_});
}

std::uint32_t SharedProbe::number() const {
    if (number_ == 0) announce(Scheduler::current());
    return number_;
}

void SharedProbe::tell(EventKind kind, Scheduler::Probe probe) const {
    probe.object = number();
    Scheduler::current().record(kind, probe);
}

void SharedProbe::tell_number(EventKind kind, std::string_view call, std::int64_t argument, std::int64_t value) const {
    std::string text(call);
    text += '(' + (argument == 1 && call != "set" ? "" : std::to_string(argument)) + ')';
    tell(kind, {.value = value, .text = text});
}

std::string shown_text(std::string_view text) {
    constexpr std::size_t most = 32;
    std::string shown = "\"";
    for (const char letter : text.substr(0, most)) {
        if (letter == '"' || letter == '\\') shown += '\\';
        shown += static_cast<unsigned char>(letter) < 0x20 ? '.' : letter;
    }
    return shown + (text.size() > most ? "…\"" : "\"");
}

}  // namespace co
