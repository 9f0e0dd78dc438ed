#include <co/resolve.h>

#include <co/aside.h>
#include <co/scheduler.h>

namespace co {

Result<std::vector<Address>> resolve(std::string_view host, Deadline deadline) {
    if (auto address = Address::parse(host)) return std::vector{*address};
    std::string name(host);
    return aside([name](Kernel& kernel) { return kernel.resolve(name); }, deadline, "resolve(" + name + ")");
}

Result<Address> look_up(std::string_view host, std::uint16_t port, Deadline deadline) {
    auto found = Scheduler::current().kernel().resolve_at_once(host);
    if (found.error() == std::errc::operation_would_block) found = resolve(host, deadline);
    if (!found) return found.error();
    Address address = found->front();
    address.port = port;
    return address;
}

}  // namespace co
