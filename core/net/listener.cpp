#include <co/listener.h>

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
    Scheduler::current().record(EventKind::accept, {.object = static_cast<std::uint32_t>(accepted->fd),
                                                    .value = static_cast<std::int64_t>(fd()),
                                                    .text = to_string(accepted->peer)});
    return Stream(accepted->fd);
}

}  // namespace co
