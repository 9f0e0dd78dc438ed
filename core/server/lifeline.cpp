#include "lifeline.h"

#include <co/reactor.h>

#include "server_role.h"

namespace co::server {

Result<Lifeline> Lifeline::open(Kernel& kernel) {
    auto pair = kernel.open_socket_pair(SocketKind::unix_stream);
    if (!pair) return pair.error();
    Lifeline lifeline;
    lifeline.of_first_ = pair->first;
    lifeline.of_others_ = pair->second;
    return lifeline;
}

void Lifeline::hold_on(Role& role, std::function<void()> broken) const {
    // In PROCESS mode workers come from the manager, which has closed it already.
    const bool has_it = role.settings().mode == ServerMode::base || role.self().kind == RoleKind::manager;
    if (has_it) static_cast<void>(role.kernel().close(of_first_));
    role.services().go("lifeline", [fd = of_others_, &role, broken = std::move(broken)] {
        if (wait_readable(fd) != WaitStatus::ok) return;
        role.log().line("lifeline", "the server's first process is gone: this one ends");
        broken();
    });
}

void Lifeline::let_go() const { Reactor::current().forget(of_others_); }

void Lifeline::close(Kernel& kernel) const {
    static_cast<void>(kernel.close(of_first_));
    static_cast<void>(kernel.close(of_others_));
}

}  // namespace co::server
