#include "tests/core/on_kernel.h"

using namespace co::test;

namespace {

/// Waits for the next child that ends.
co::ProcessEnd await_child(co::Kernel& kernel) {
    for (;;) {
        while (kernel.take_signal()) continue;
        if (auto ended = must(kernel.reap_child())) return *ended;
        must(kernel.wait({}, kernel.now() + 10s));
    }
}

}  // namespace

KERNEL_TEST("a process ends with its exit code, its parent gets SIGCHLD and reaps it once") {
    must(kernel.watch_signal(co::Signal::child));
    auto [ours, theirs] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    co::ProcessId child = must(kernel.spawn_process("child", [theirs = theirs](co::Kernel& own) {
        return readable(own, theirs) ? 7 : 1;  // as soon as it may
    }));
    CHECK(child != kernel.process_id());
    CHECK_FALSE(must(kernel.reap_child()));
    write_all(kernel, ours, "!");
    must(kernel.wait({}, kernel.now() + 10s));
    CHECK(kernel.take_signal() == co::Signal::child);
    auto ended = must(kernel.reap_child());
    REQUIRE(ended);
    CHECK(ended->process == child);
    CHECK(ended->exit_code == 7);
    CHECK_FALSE(ended->signal);
    CHECK_FALSE(must(kernel.reap_child()));
    CHECK(kernel.send_signal(child, co::Signal::terminate).error() == std::errc::no_such_process);
}

KERNEL_TEST("kill -9 ends a process at once, and it stays a zombie until it is reaped") {
    must(kernel.watch_signal(co::Signal::child));
    co::ProcessId child = must(kernel.spawn_process("sleeper", [](co::Kernel& own) {
        own.hold_thread(1h, co::Holding::asleep);
        return 0;
    }));
    must(kernel.wait({}, kernel.now() + 1ms));
    must(kernel.send_signal(child, co::Signal::kill));
    must(kernel.send_signal(child, co::Signal::user1));  // a zombie takes signals in silence
    co::ProcessEnd ended = await_child(kernel);
    CHECK(ended.process == child);
    CHECK(ended.signal == co::Signal::kill);
}

KERNEL_TEST("a signal that is watched is a loop event, one that is not ends the process") {
    must(kernel.watch_signal(co::Signal::child));
    auto [ours, theirs] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    co::ProcessId careful = must(kernel.spawn_process("careful", [theirs = theirs](co::Kernel& own) {
        must(own.watch_signal(co::Signal::terminate));
        write_all(own, theirs, "!");
        while (!own.take_signal()) must(own.wait({}, own.now() + 10s));
        return 3;
    }));
    co::ProcessId careless = must(kernel.spawn_process("careless", [](co::Kernel& own) {
        own.hold_thread(1h, co::Holding::asleep);
        return 0;
    }));
    REQUIRE(readable(kernel, ours));
    must(kernel.send_signal(careful, co::Signal::terminate));
    CHECK(await_child(kernel).exit_code == 3);
    must(kernel.send_signal(careless, co::Signal::terminate));
    co::ProcessEnd ended = await_child(kernel);
    CHECK(ended.process == careless);
    CHECK(ended.signal == co::Signal::terminate);
}

KERNEL_TEST("a child inherits descriptors, and the connection closes with the last one that stands for it") {
    must(kernel.watch_signal(co::Signal::child));
    auto [ours, theirs] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    must(kernel.spawn_process("child", [ours = ours, theirs = theirs](co::Kernel& own) {
        must(own.close(ours));
        write_all(own, theirs, "from the child");
        return 0;
    }));
    must(kernel.close(theirs));
    REQUIRE(readable(kernel, ours));
    CHECK(read_now(kernel, ours) == "from the child");
    await_child(kernel);
    REQUIRE(readable(kernel, ours));
    std::array<std::byte, 8> buffer{};
    CHECK(must(kernel.read(ours, buffer)) == 0);
}

KERNEL_TEST("a killed process closes what it held: its peer reads the end") {
    must(kernel.watch_signal(co::Signal::child));
    auto [ours, theirs] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    co::ProcessId child = must(kernel.spawn_process("child", [ours = ours](co::Kernel& own) {
        must(own.close(ours));
        own.hold_thread(1h, co::Holding::asleep);
        return 0;
    }));
    must(kernel.close(theirs));
    CHECK_FALSE(readable(kernel, ours, 1ms));
    must(kernel.send_signal(child, co::Signal::kill));
    CHECK(wait_for(kernel, ours, {.read = true}).hangup);
    await_child(kernel);
}

KERNEL_TEST("shared memory is shared, and survives the death of a process that wrote it") {
    must(kernel.watch_signal(co::Signal::child));
    std::span<std::byte> memory = must(kernel.map_shared(64));
    CHECK(memory[63] == std::byte{0});
    must(kernel.spawn_process("writer", [memory](co::Kernel& own) {
        memory[0] = std::byte{42};
        static_cast<void>(own.send_signal(own.process_id(), co::Signal::kill));
        return 0;
    }));
    CHECK(await_child(kernel).signal == co::Signal::kill);
    CHECK(memory[0] == std::byte{42});
    must(kernel.unmap_shared(memory));
}

KERNEL_TEST("threads share the descriptors of their process and wait for their own") {
    auto [left, right] = must(kernel.open_socket_pair(co::SocketKind::unix_stream));
    must(kernel.spawn_thread("echo", [right = right](co::Kernel& own) {
        REQUIRE(readable(own, right));
        write_all(own, right, read_now(own, right) + " back");
    }));
    write_all(kernel, left, "there and");
    REQUIRE(readable(kernel, left));
    CHECK(read_now(kernel, left) == "there and back");
}
