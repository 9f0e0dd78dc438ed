#include "tests/core/on_kernel.h"

using namespace co::test;

namespace {

co::Fd bound_udp(co::Kernel& kernel) {
    co::Fd fd = must(kernel.open_socket(co::SocketKind::udp4));
    must(kernel.bind(fd, co::Address::ip4(127, 0, 0, 1, 0)));
    return fd;
}

co::Result<std::size_t> send(co::Kernel& kernel, co::Fd fd, std::string_view bytes, const co::Address& to) {
    return kernel.send_to(fd, std::as_bytes(std::span(bytes.data(), bytes.size())), to);
}

}  // namespace

KERNEL_TEST("a datagram arrives whole, with its sender's address, and what does not fit the buffer is cut off") {
    co::Fd here = bound_udp(kernel), there = bound_udp(kernel);
    co::Address to = must(kernel.local_address(there));
    CHECK(must(send(kernel, here, "first", to)) == 5);
    CHECK(must(send(kernel, here, "second", to)) == 6);
    REQUIRE(readable(kernel, there));
    std::array<std::byte, 3> small{};
    co::Datagram datagram = must(kernel.receive_from(there, small));
    CHECK(datagram.bytes == 3);
    CHECK(datagram.from == must(kernel.local_address(here)));
    std::array<std::byte, 100> large{};
    CHECK(must(kernel.receive_from(there, large)).bytes == 6);
    CHECK(kernel.receive_from(there, large).error() == std::errc::operation_would_block);
}

KERNEL_TEST("UDP drops what the receiver has no room for, and tells nobody") {
    co::Fd here = bound_udp(kernel), there = bound_udp(kernel);
    co::Address to = must(kernel.local_address(there));
    std::string kilobyte(1000, 'x');
    for (int i = 0; i < 5000; ++i) CHECK(must(send(kernel, here, kilobyte, to)) == 1000);
    std::array<std::byte, 1000> buffer{};
    int got = 0;
    while (kernel.receive_from(there, buffer)) ++got;
    CHECK(got > 10);
    CHECK(got < 5000);
}

KERNEL_TEST("nobody at the other port: a connected UDP socket is told with its next call") {
    co::Fd gone = bound_udp(kernel), here = bound_udp(kernel);
    co::Address to = must(kernel.local_address(gone));
    must(kernel.close(gone));
    must(kernel.connect(here, to));
    CHECK(must(kernel.write(here, std::as_bytes(std::span("?", 1)))) == 1);
    REQUIRE(readable(kernel, here));
    CHECK(read_error(kernel, here) == std::errc::connection_refused);
}

KERNEL_TEST("unix datagrams keep their bounds and are never lost: a full receiver stops the sender") {
    auto [left, right] = must(kernel.open_socket_pair(co::SocketKind::unix_datagram));
    std::string kilobyte(1000, 'x');
    int sent = 0;
    while (kernel.write(left, std::as_bytes(std::span(kilobyte)))) ++sent;
    CHECK(sent > 4);
    CHECK(kernel.write(left, std::as_bytes(std::span(kilobyte))).error() == std::errc::operation_would_block);
    std::array<std::byte, 2000> buffer{};
    int got = 0;
    while (auto bytes = kernel.read(right, buffer)) {
        CHECK(*bytes == 1000);
        ++got;
    }
    CHECK(got == sent);
    CHECK(writable(kernel, left));
}
