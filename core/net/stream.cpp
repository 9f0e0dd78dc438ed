#include <co/stream.h>

#include <algorithm>

#include "failure_text.h"
#include "first_bytes.h"
#include "way.h"

namespace co {

using trace::EventKind;

Result<Stream> Stream::connect(const Address& address, Deadline deadline) {
    Kernel& kernel = Scheduler::current().kernel();
    auto opened = kernel.open_socket(stream_kind(address.family));
    if (!opened) return opened.error();
    Stream stream(*opened);
    auto started = kernel.connect(stream.fd(), address);
    bool is_on_its_way = started.error() == std::errc::operation_in_progress;
    tell_way(EventKind::connect, stream.fd(), 0, " > ", address);
    Result<void> outcome = started;
    if (is_on_its_way) outcome = stream.wait(Direction::write, deadline);
    if (is_on_its_way && outcome) outcome = kernel.take_error(stream.fd());
    stream.record(EventKind::connected, 0, outcome ? std::string() : failure_text(outcome.error()));
    if (!outcome) return outcome.error();
    return stream;
}

Result<std::pair<Stream, Stream>> Stream::pair() {
    auto opened = Scheduler::current().kernel().open_socket_pair(SocketKind::unix_stream);
    if (!opened) return opened.error();
    return std::pair(Stream(opened->first), Stream(opened->second));
}

[[gnu::hot]] Result<std::size_t> Stream::read(std::span<std::byte> buffer, Deadline deadline) {
    auto got = retry(Direction::read, deadline, [&] { return kernel().read(fd(), buffer); });
    if (got) record(EventKind::read, static_cast<std::int64_t>(*got), first_bytes(buffer.first(*got)));
    return got;
}

Result<std::string> Stream::read_some(Deadline deadline, std::size_t most) {
    std::string bytes(most, '\0');
    auto got = read(std::as_writable_bytes(std::span(bytes)), deadline);
    if (!got) return got.error();
    bytes.resize(*got);
    return bytes;
}

[[gnu::hot]] Result<std::size_t> Stream::write_some(std::string_view bytes, Deadline deadline) {
    auto left = bytes_of(bytes);
    auto taken = retry(Direction::write, deadline, [&] { return kernel().write(fd(), left); });
    if (taken) record(EventKind::write, static_cast<std::int64_t>(*taken), first_bytes(left.first(*taken)));
    return taken;
}

Result<void> Stream::write_all(std::string_view bytes, Deadline deadline) {
    Deadline moment = deadline.is_forever() ? deadline : Deadline(deadline.expiry(kernel().now()));
    while (!bytes.empty()) {
        auto taken = write_some(bytes, moment);
        if (!taken) return taken.error();
        bytes.remove_prefix(*taken);
    }
    return {};
}

Result<void> Stream::shut_down(ShutdownHow how) {
    record(EventKind::shut, static_cast<std::int64_t>(how), {});
    return kernel().shut_down(fd(), how);
}

}  // namespace co
