#include "fault.h"

#include "failure_text.h"
#include "task.h"
#include "world.h"

namespace co::sim {

std::string_view name(Call call) {
    switch (call) {
        case Call::open_socket:
            return "open_socket";
        case Call::accept:
            return "accept";
        case Call::connect:
            return "connect";
        case Call::read:
            return "read";
        case Call::write:
            return "write";
        case Call::spawn:
            return "spawn";
        case Call::resolve:
            return "resolve";
        case Call::read_file:
            return "read_file";
        case Call::write_file:
            return "write_file";
    }
    return "unknown";
}

/// What goes wrong with this call of `thread`: the error; or it takes its time, and nothing is wrong.
std::optional<std::errc> Thread::fault(Call call) {
    std::optional<std::errc> error;
    Duration delay{};
    auto strikes = [&](Fault& fault) {
        if (fault.call != call || --fault.countdown > 0) return false;
        if (fault.error) error = fault.error;
        delay += fault.delay;
        return true;
    };
    if (std::erase_if(process.faults, strikes) == 0) return std::nullopt;
    std::string what(sim::name(call));
    what += error ? " fails: " + failure_text(std::make_error_code(*error)) : " is slow";
    process.world.record(process, trace::EventKind::fault, {.value = delay.count(), .text = what});
    if (delay > Duration::zero()) hold(delay);
    return error;
}

}  // namespace co::sim
