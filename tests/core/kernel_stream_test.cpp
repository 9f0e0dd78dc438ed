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
