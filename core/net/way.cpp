#include "way.h"

#include <string>

#include <co/scheduler.h>
#include <co/socket.h>

namespace co {

void tell_way(trace::EventKind kind, Fd fd, std::int64_t value, std::string_view arrow, const Address& peer) {
    Scheduler& scheduler = Scheduler::current();
    if (!scheduler.traces()) return;
    const auto local = scheduler.kernel().local_address(fd);
    std::string text = local ? to_string(*local) : std::string();
    text += arrow;
    text += to_string(peer);
    scheduler.record(kind, {.object = static_cast<std::uint32_t>(fd), .value = value, .text = text});
}

}  // namespace co
