#include "lessons/host/play_sink.h"

#include <fmt/format.h>

#include "lessons/host/message.h"

namespace co::lessons {
namespace {
constexpr std::uint64_t most_steps = 200'000;     // of one run
constexpr std::uint64_t most_events = 4'000'000;  // lines and details included
}  // namespace

Host* PlaySink::host_of(std::uint32_t process) const {
    const auto found = hosts_.find(process);
    return found == hosts_.end() ? nullptr : found->second;
}

void PlaySink::record(const co::trace::Event& event) {
    recorder_.record(event);
    if (co::trace::parks(event.kind))
        if (Host* host = host_of(event.process)) host->waits(event.line);
    if (co::trace::is_step(event.kind)) {
        ++steps_;
        if (order_) order_->after_step(steps_);
    }
    if (steps_ <= most_steps && recorder_.trace().events.size() <= most_events) return;
    Host* host = host_of(event.process);
    if (!host) host = host_of(0);
    if (!host) return;
    host->exhaust(event.line, fmt::format("the run took more than {} steps, the limit", with_separators(most_steps)),
                  "Let the script come to an end, or give the lesson a `horizon` among its limits.");
}

}  // namespace co::lessons
