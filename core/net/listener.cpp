#include <co/listener.h>

#include "way.h"

namespace co {

using trace::EventKind;

Result<Listener> Listener::open(const Address& address, ListenOptions options) {
    Kernel& kernel = Scheduler::current().kernel();
    auto opened = kernel.open_socket(stream_kind(address.family));
    if (!opened) return opened.error();
    Listener listener(*opened);
    Result<void> done;
    if (options.reuse_port) done = kernel.set_option(listener.fd(), SocketOption::reuse_port, 1);
    if (done) done = kernel.bind(listener.fd(), address);
    if (done) done = kernel.listen(listener.fd(), options.backlog);
    if (!done) return done.error();
    auto bound = listener.local_address();
    listener.record(EventKind::listen, options.backlog, bound ? to_string(*bound) : "");
    return listener;
}

Result<Stream> Listener::accept(Deadline deadline) {
    auto accepted = retry(Direction::read, deadline, [&] { return kernel().accept(fd()); });
    if (!accepted) return accepted.error();
    tell_way(EventKind::accept, accepted->fd, static_cast<std::int64_t>(fd()), " < ", accepted->peer);
    return Stream(accepted->fd);
}

}  // namespace co
