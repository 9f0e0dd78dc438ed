#include <co/linux_kernel.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <co/co.h>

using namespace std::chrono_literals;

TEST_CASE("linux kernel: its clock starts near 0 and wait() returns no earlier than it was told") {
    co::LinuxKernel kernel;
    CHECK(kernel.now() < co::TimePoint(10s));
    co::TimePoint until = kernel.now() + 5ms;
    CHECK(kernel.wait({}, until));
    CHECK(kernel.now() >= until);
}

TEST_CASE("linux kernel: interrupt() ends a wait without limit, from another thread") {
    co::LinuxKernel kernel;
    std::thread other([&] { kernel.interrupt(); });
    CHECK(kernel.wait({}, co::TimePoint::max()));
    other.join();
}

TEST_CASE(
    "linux kernel: the moment that a turn of the loop began is a clock's reading, and the next turn has another") {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    const auto report = scheduler.run([&] {
        const co::TimePoint first = scheduler.turn_began();
        CHECK(first <= scheduler.now());
        co::sleep(2ms);
        CHECK(scheduler.turn_began() >= first + 2ms);
        CHECK(scheduler.turn_began() <= scheduler.now());
        // A moment that has passed within the turn, and one that had passed before, end a wait alike.
        co::Channel<int> nobody_pushes(1);
        const co::TimePoint within = scheduler.now();
        while (scheduler.now() == within) {
        }
        CHECK(nobody_pushes.pop(within).status() == co::ChannelStatus::timeout);
        CHECK(nobody_pushes.pop(first).status() == co::ChannelStatus::timeout);
    });
    CHECK(report.text() == "");
}

/// How long five ticks of 100 ms take.
static co::Duration five_ticks() {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    int ticks = 0;
    scheduler.run([&] {
        co::timer::tick(100ms, [&](co::TimerId id) {
            if (++ticks == 5) co::timer::clear(id);
        });
    });
    CHECK(ticks == 5);
    return kernel.now().time_since_epoch();
}

TEST_CASE("tick_phase: five 100 ms ticks end within 510 ms in real time") {
    // A shared machine is late now and then; ticks that drift are late every time.
    co::Duration shortest = five_ticks();
    for (int again = 0; again < 9 && shortest >= 510ms; ++again) shortest = std::min(shortest, five_ticks());
    CHECK(shortest >= 500ms);
    CHECK(shortest < 510ms);
}

TEST_CASE("run: 0 for a program that ends, 1 for an exception that nobody caught") {
    CHECK(co::run([] { co::go([] { co::sleep(1ms); }); }) == 0);
    CHECK(co::run([] { throw std::runtime_error("as the test wants it"); }) == 1);
}

TEST_CASE("linux kernel: keep-alive settings are the socket's own") {
    co::LinuxKernel kernel;
    const auto opened = kernel.open_socket(co::SocketKind::tcp4);
    REQUIRE(bool(opened));
    const co::Fd fd = *opened;
    auto now_is = [fd](int level, int option) {
        int value = -1;
        socklen_t size = sizeof value;
        CHECK(::getsockopt(static_cast<int>(fd), level, option, &value, &size) == 0);
        return value;
    };
    CHECK(bool(kernel.set_option(fd, co::SocketOption::keep_alive, 1)));
    CHECK(bool(kernel.set_option(fd, co::SocketOption::keep_alive_idle, 60)));
    CHECK(bool(kernel.set_option(fd, co::SocketOption::keep_alive_interval, 5)));
    CHECK(bool(kernel.set_option(fd, co::SocketOption::keep_alive_probes, 3)));
    CHECK(now_is(SOL_SOCKET, SO_KEEPALIVE) == 1);
    CHECK(now_is(IPPROTO_TCP, TCP_KEEPIDLE) == 60);
    CHECK(now_is(IPPROTO_TCP, TCP_KEEPINTVL) == 5);
    CHECK(now_is(IPPROTO_TCP, TCP_KEEPCNT) == 3);
    CHECK(kernel.set_option(fd, co::SocketOption::keep_alive_idle, 40'000).error() == std::errc::invalid_argument);
    CHECK(bool(kernel.close(fd)));
}
