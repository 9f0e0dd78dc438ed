// The socket calls of SimKernel.
#include <co/sim_kernel.h>

#include "datagram.h"
#include "listener.h"
#include "stream.h"
#include "world.h"

namespace co {

using sim::BufferSizes;
using sim::DatagramSocket;
using sim::Listener;
using sim::OpenFile;
using sim::StreamEnd;

namespace {

bool is_unix(SocketKind kind) { return kind == SocketKind::unix_stream || kind == SocketKind::unix_datagram; }
bool is_stream(SocketKind kind) { return kind == SocketKind::tcp4 || kind == SocketKind::unix_stream; }

BufferSizes default_buffers(const sim::World& world) {
    return {.send = world.options.send_buffer, .receive = world.options.receive_buffer};
}

template <typename Socket>
std::shared_ptr<Socket> make(sim::World& world, sim::Thread& thread, SocketKind kind) {
    return std::make_shared<Socket>(world, *thread.process.host, is_unix(kind), default_buffers(world));
}

/// Calls `act` with the socket that `fd` stands for, whichever it is.
template <typename Value, typename Act>
Result<Value> with_socket(const sim::Task& process, Fd fd, Act act) {
    OpenFile* file = process.find(fd);
    if (!file) return std::errc::bad_file_descriptor;
    if (auto* stream = dynamic_cast<StreamEnd*>(file)) return act(*stream);
    if (auto* datagrams = dynamic_cast<DatagramSocket*>(file)) return act(*datagrams);
    return std::errc::operation_not_supported;
}

}  // namespace

Result<Fd> SimKernel::open_socket(SocketKind kind) {
    if (auto fault = thread_->fault(sim::Call::open_socket)) return *fault;
    if (kind == SocketKind::tcp6 || kind == SocketKind::udp6) return std::errc::address_family_not_supported;
    if (is_stream(kind)) return thread_->process.add(make<StreamEnd>(*world_, *thread_, kind));
    return thread_->process.add(make<DatagramSocket>(*world_, *thread_, kind));
}

Result<std::pair<Fd, Fd>> SimKernel::open_socket_pair(SocketKind kind) {
    if (!is_unix(kind)) return std::errc::operation_not_supported;
    std::shared_ptr<OpenFile> first, second;
    if (kind == SocketKind::unix_stream) {
        auto left = make<StreamEnd>(*world_, *thread_, kind), right = make<StreamEnd>(*world_, *thread_, kind);
        StreamEnd::join(left, right);
        first = left, second = right;
    } else {
        auto left = make<DatagramSocket>(*world_, *thread_, kind),
             right = make<DatagramSocket>(*world_, *thread_, kind);
        DatagramSocket::join(*left, *right);
        first = left, second = right;
    }
    // Both are held until the end: while one is closed, it still speaks to the other.
    auto first_fd = thread_->process.add(first);
    if (!first_fd) return first_fd.error();
    auto second_fd = thread_->process.add(second);
    if (second_fd) return std::pair(*first_fd, *second_fd);
    second->closed();
    static_cast<void>(close(*first_fd));
    return second_fd.error();
}

Result<void> SimKernel::bind(Fd fd, const Address& address) {
    return with_socket<void>(thread_->process, fd, [&](auto& socket) { return socket.bind(address); });
}

Result<void> SimKernel::listen(Fd fd, int backlog) {
    OpenFile* file = thread_->process.find(fd);
    if (!file) return std::errc::bad_file_descriptor;
    auto* socket = dynamic_cast<StreamEnd*>(file);
    if (!socket) return std::errc::operation_not_supported;
    auto listener = socket->listen(static_cast<std::size_t>(std::max(backlog, 0)));
    if (!listener) return listener.error();
    thread_->process.replace(fd, *std::move(listener));
    return {};
}

Result<Accepted> SimKernel::accept(Fd fd) {
    if (auto fault = thread_->fault(sim::Call::accept)) return *fault;
    OpenFile* file = thread_->process.find(fd);
    if (!file) return std::errc::bad_file_descriptor;
    auto* listener = dynamic_cast<Listener*>(file);
    if (!listener) return std::errc::invalid_argument;
    if (!listener->readiness().read) return std::errc::operation_would_block;
    if (!thread_->process.has_room()) return std::errc::too_many_files_open;
    auto end = listener->accept();
    Address peer = end->remote;
    auto accepted = thread_->process.add(std::move(end));
    if (!accepted) return accepted.error();
    return Accepted{*accepted, peer};
}

Result<void> SimKernel::connect(Fd fd, const Address& address) {
    if (auto fault = thread_->fault(sim::Call::connect)) return *fault;
    return with_socket<void>(thread_->process, fd, [&](auto& socket) { return socket.connect(address); });
}

Result<void> SimKernel::take_error(Fd fd) {
    return with_socket<void>(thread_->process, fd, [](auto& socket) { return socket.take_error(); });
}

namespace {

Result<std::size_t> read_from(StreamEnd& stream, std::span<std::byte> buffer) { return stream.read(buffer); }
Result<std::size_t> read_from(DatagramSocket& socket, std::span<std::byte> buffer) {
    return socket.receive_from(buffer).transform([](Datagram datagram) { return datagram.bytes; });
}
Result<std::size_t> write_to(StreamEnd& stream, std::span<const std::byte> bytes) { return stream.write(bytes); }
Result<std::size_t> write_to(DatagramSocket& socket, std::span<const std::byte> bytes) { return socket.send(bytes); }

}  // namespace

Result<std::size_t> SimKernel::read(Fd fd, std::span<std::byte> buffer) {
    if (auto fault = thread_->fault(sim::Call::read)) return *fault;
    return with_socket<std::size_t>(thread_->process, fd, [&](auto& socket) { return read_from(socket, buffer); });
}

Result<std::size_t> SimKernel::write(Fd fd, std::span<const std::byte> bytes) {
    if (auto fault = thread_->fault(sim::Call::write)) return *fault;
    return with_socket<std::size_t>(thread_->process, fd, [&](auto& socket) { return write_to(socket, bytes); });
}

Result<Datagram> SimKernel::receive_from(Fd fd, std::span<std::byte> buffer) {
    if (auto fault = thread_->fault(sim::Call::read)) return *fault;
    auto socket = thread_->process.find<DatagramSocket>(fd);
    return socket ? (*socket)->receive_from(buffer) : socket.error();
}

Result<std::size_t> SimKernel::send_to(Fd fd, std::span<const std::byte> bytes, const Address& to) {
    if (auto fault = thread_->fault(sim::Call::write)) return *fault;
    auto socket = thread_->process.find<DatagramSocket>(fd);
    return socket ? (*socket)->send_to(bytes, to) : socket.error();
}

Result<void> SimKernel::shut_down(Fd fd, ShutdownHow how) {
    auto stream = thread_->process.find<StreamEnd>(fd);
    return stream ? (*stream)->shut_down(how) : stream.error();
}

Result<void> SimKernel::close(Fd fd) {
    auto done = thread_->process.close(fd);
    if (!done && thread_->process.is_alive()) ++world_->bad_closes;
    return done;
}

Result<void> SimKernel::set_option(Fd fd, SocketOption option, int value) {
    return with_socket<void>(thread_->process, fd, [&](auto& socket) -> Result<void> {
        BufferSizes buffers = socket.buffers();
        switch (option) {
            case SocketOption::reuse_port:
                socket.reuses_port = value != 0;
                break;
            case SocketOption::send_buffer:
                buffers.send = static_cast<std::size_t>(std::max(value, 1));
                break;
            case SocketOption::receive_buffer:
                buffers.receive = static_cast<std::size_t>(std::max(value, 1));
                break;
            case SocketOption::linger:
                if constexpr (std::same_as<decltype(socket), StreamEnd&>) socket.close_hard(value == 0);
                break;
            case SocketOption::keep_alive:
            case SocketOption::keep_alive_idle:
            case SocketOption::keep_alive_interval:
            case SocketOption::keep_alive_probes:
                if constexpr (std::same_as<decltype(socket), StreamEnd&>) socket.keep_alive().set(option, value);
                break;
            case SocketOption::no_delay:
                break;  // this network sends at once
        }
        socket.set_buffers(buffers);
        return {};
    });
}

Result<Address> SimKernel::local_address(Fd fd) {
    OpenFile* file = thread_->process.find(fd);
    if (auto* listener = dynamic_cast<Listener*>(file)) return listener->local;
    return with_socket<Address>(thread_->process, fd, [](auto& socket) { return Result<Address>(socket.local); });
}

Result<Address> SimKernel::peer_address(Fd fd) {
    auto stream = thread_->process.find<StreamEnd>(fd);
    if (!stream) return stream.error();
    if (!(*stream)->is_connected()) return std::errc::not_connected;
    return (*stream)->remote;
}

}  // namespace co
