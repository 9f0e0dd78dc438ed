#include <co/resolve.h>

#include <co/aside.h>

namespace co {

Result<std::vector<Address>> resolve(std::string_view host, Deadline deadline) {
    if (auto address = Address::parse(host)) return std::vector{*address};
    std::string name(host);
    return aside([name](Kernel& kernel) { return kernel.resolve(name); }, deadline, "resolve(" + name + ")");
}

}  // namespace co
