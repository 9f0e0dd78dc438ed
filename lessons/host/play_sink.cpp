#include "lessons/host/play_sink.h"

#include <fmt/format.h>

#include "lessons/host/message.h"

namespace co::lessons {
namespace {
constexpr std::uint64_t events_of_step = 20;  // at most, on an average: lines and details included
}  // namespace

Host* PlaySink::host_of(std::uint32_t process) const {
    const auto found = hosts_.find(process);
    return found == hosts_.end() ? nullptr : found->second;
}

/// Lines also tell how deep calls are in each other there.
void PlaySink::keep(const co::trace::Event& event) {
    const Host* host = co::trace::is_line(event.kind) ? host_of(event.process) : nullptr;
    if (!host) return recorder_.record(event);
    co::trace::Event line = event;
    line.value = host->depth();
    recorder_.record(line);
}

void PlaySink::record(const co::trace::Event& event) {
    keep(event);
    if (co::trace::parks(event.kind))
        if (Host* host = host_of(event.process)) host->waits(event.line);
    if (co::trace::is_step(event.kind)) {
        ++steps_;
        if (order_) order_->after_step(steps_, event.kind);
    }
    if (steps_ <= most_ && recorder_.trace().events.size() <= most_ * events_of_step) return;
    Host* host = host_of(event.process);
    if (!host) host = host_of(0);
    if (!host) return;
    host->exhaust(event.line, fmt::format("the run took more than {} steps, the limit", with_separators(most_)),
                  "Let the script come to an end, or give the lesson a `horizon` among its limits.");
}

}  // namespace co::lessons
