#include "tests/core/on_kernel.h"

using namespace co::test;

KERNEL_TEST("a connection carries bytes both ways, and each end knows both addresses") {
    Door door = open_door(kernel);
    Ends ends = connect_through(kernel, door);
    write_all(kernel, ends.caller, "to the server");
    REQUIRE(readable(kernel, ends.called));
    CHECK(read_now(kernel, ends.called) == "to the server");
    write_all(kernel, ends.called, "and back");
    REQUIRE(readable(kernel, ends.caller));
    CHECK(read_now(kernel, ends.caller) == "and back");
    CHECK(must(kernel.peer_address(ends.caller)) == door.address);
    CHECK(must(kernel.peer_address(ends.called)) == must(kernel.local_address(ends.caller)));
}

KERNEL_TEST("nothing to read and nobody to accept is operation_would_block, not an error of the connection") {
    Door door = open_door(kernel);
    CHECK(kernel.accept(door.fd).error() == std::errc::operation_would_block);
    Ends ends = connect_through(kernel, door);
    CHECK(read_error(kernel, ends.caller) == std::errc::operation_would_block);
    CHECK_FALSE(readable(kernel, ends.caller, 1ms));
}

KERNEL_TEST("readiness is level-triggered: what was not read is reported again") {
    Ends ends = connect_through(kernel, open_door(kernel));
    write_all(kernel, ends.caller, "ab");
    REQUIRE(readable(kernel, ends.called));
    std::array<std::byte, 1> one{};
    CHECK(must(kernel.read(ends.called, one)) == 1);
    CHECK(readable(kernel, ends.called, 1ms));
    CHECK(read_now(kernel, ends.called) == "b");
    CHECK_FALSE(readable(kernel, ends.called, 1ms));
}

KERNEL_TEST("nobody listens: the connection is refused") {
    Door door = open_door(kernel);
    must(kernel.close(door.fd));
    co::Fd caller = start_to_connect(kernel, door.address);
    co::Readiness ready = wait_for(kernel, caller, {.read = true, .write = true});
    CHECK(ready.hangup);
    CHECK(kernel.take_error(caller).error() == std::errc::connection_refused);
    CHECK(kernel.take_error(caller).has_value());
}

KERNEL_TEST("buffers are finite: a writer is stopped, and goes on when the reader has read") {
    Ends ends = connect_through(kernel, open_door(kernel));
    std::size_t taken = fill(kernel, ends.caller);
    CHECK(taken > 4096);
    CHECK(write_error(kernel, ends.caller) == std::errc::operation_would_block);
    CHECK_FALSE(writable(kernel, ends.caller, 1ms));
    std::size_t got = 0;
    while (readable(kernel, ends.called, 100ms)) got += read_now(kernel, ends.called).size();
    CHECK(got == taken);
    CHECK(writable(kernel, ends.caller));
}

KERNEL_TEST("half-close: the peer reads to the end and may still answer") {
    Ends ends = connect_through(kernel, open_door(kernel));
    write_all(kernel, ends.caller, "question");
    must(kernel.shut_down(ends.caller, co::ShutdownHow::write));
    REQUIRE(readable(kernel, ends.called));
    CHECK(read_now(kernel, ends.called) == "question");
    std::array<std::byte, 4> buffer{};
    CHECK(must(kernel.read(ends.called, buffer)) == 0);
    CHECK(write_error(kernel, ends.caller) == std::errc::broken_pipe);
    write_all(kernel, ends.called, "answer");
    REQUIRE(readable(kernel, ends.caller));
    CHECK(read_now(kernel, ends.caller) == "answer");
}

KERNEL_TEST("closing with unread bytes resets the connection") {
    Ends ends = connect_through(kernel, open_door(kernel));
    write_all(kernel, ends.caller, "never read");
    REQUIRE(readable(kernel, ends.called));
    must(kernel.close(ends.called));
    CHECK(wait_for(kernel, ends.caller, {.read = true}).hangup);
    CHECK(read_error(kernel, ends.caller) == std::errc::connection_reset);
    CHECK(write_error(kernel, ends.caller) == std::errc::broken_pipe);
}

KERNEL_TEST("writing to a peer that closed: the first bytes provoke a reset") {
    Ends ends = connect_through(kernel, open_door(kernel));
    must(kernel.close(ends.called));
    REQUIRE(readable(kernel, ends.caller));
    std::array<std::byte, 4> buffer{};
    CHECK(must(kernel.read(ends.caller, buffer)) == 0);
    write_all(kernel, ends.caller, "x");
    CHECK(wait_for(kernel, ends.caller, {.read = true, .write = true}).hangup);
    CHECK(write_error(kernel, ends.caller));
}

KERNEL_TEST("backlog: it holds one more than asked for, and who comes later waits until there is room") {
    Door door = open_door(kernel, 1);
    co::Fd first = start_to_connect(kernel, door.address), second = start_to_connect(kernel, door.address);
    CHECK(writable(kernel, first));
    CHECK(writable(kernel, second));
    co::Fd third = start_to_connect(kernel, door.address);
    CHECK_FALSE(writable(kernel, third, 1ms));
    CHECK(must(kernel.accept(door.fd)).peer == must(kernel.local_address(first)));
    CHECK(writable(kernel, third));
    CHECK_FALSE(kernel.take_error(third).error());
}

KERNEL_TEST("a port is one socket's, unless all of them share it") {
    Door door = open_door(kernel);
    co::Fd other = must(kernel.open_socket(co::SocketKind::tcp4));
    CHECK(kernel.bind(other, door.address).error() == std::errc::address_in_use);
    co::Address shared = co::Address::ip4(127, 0, 0, 1, 0);
    for (int i = 0; i < 3; ++i) {
        co::Fd one = must(kernel.open_socket(co::SocketKind::tcp4));
        must(kernel.set_option(one, co::SocketOption::reuse_port, 1));
        must(kernel.bind(one, shared));
        must(kernel.listen(one, 8));
        shared = must(kernel.local_address(one));
    }
    CHECK(shared.port != 0);
}

KERNEL_TEST("unix sockets: a path is an address, and a pair needs none") {
    const int own_number = static_cast<int>(kernel.process_id());
    co::Address path = co::Address::unix_path("/tmp/costudio-kernel-test-" + std::to_string(own_number) + ".sock");
    co::Fd door = must(kernel.open_socket(co::SocketKind::unix_stream));
    must(kernel.bind(door, path));
    must(kernel.listen(door, 4));
    co::Fd caller = must(kernel.open_socket(co::SocketKind::unix_stream));
    must(kernel.connect(caller, path));
    REQUIRE(readable(kernel, door));
    co::Fd called = must(kernel.accept(door)).fd;
    write_all(kernel, caller, "by path");
    CHECK(read_now(kernel, called) == "by path");
    auto [left, right] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    write_all(kernel, left, "by pair");
    CHECK(read_now(kernel, right) == "by pair");
    must(kernel.close(right));
    CHECK(wait_for(kernel, left, {.read = true}).hangup);
    CHECK(write_error(kernel, left) == std::errc::broken_pipe);
}

KERNEL_TEST("a descriptor that was closed is bad, and its number is used again") {
    co::Fd fd = must(kernel.open_socket(co::SocketKind::tcp4));
    must(kernel.close(fd));
    CHECK(kernel.close(fd).error() == std::errc::bad_file_descriptor);
    CHECK(read_error(kernel, fd) == std::errc::bad_file_descriptor);
    CHECK(kernel.watch(fd, {.read = true}).error() == std::errc::bad_file_descriptor);
    CHECK(must(kernel.open_socket(co::SocketKind::tcp4)) == fd);
}
