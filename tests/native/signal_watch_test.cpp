#include "native/signal_watch.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include <co/co.h>
#include <co/linux_kernel.h>

namespace {

/// The exit code of a child process that runs `body`, to which the parent sends `signals` once it writes to its pipe.
template <typename Body>
int child_with_signals(std::initializer_list<int> signals, Body body) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(body(ends[1]));
    char ready = 0;
    REQUIRE(read(ends[0], &ready, 1) == 1);
    for (int signal : signals) kill(child, signal);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    close(ends[0]);
    close(ends[1]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

void say_ready(int end) { CHECK(write(end, "r", 1) == 1); }

}  // namespace

TEST_CASE("process.signal: wakes a program that waits for nothing else, and its callback may wait") {
    int code = child_with_signals({SIGTERM}, [](int end) {
        co::LinuxKernel kernel;
        co::Scheduler scheduler(kernel);
        int answer = 1;
        co::RunReport report = scheduler.run([&] {
            co::Channel<int> stop;
            co::process::signal(co::Signal::terminate, [&] {
                co::sleep(std::chrono::milliseconds(1));
                stop.push(42);
            });
            say_ready(end);
            answer = *stop.pop();
        });
        return report.ok() ? answer : 2;
    });
    CHECK(code == 42);
}

TEST_CASE("process.signal: comes through while coroutines never let the loop wait") {
    int code = child_with_signals({SIGUSR1}, [](int end) {
        co::LinuxKernel kernel;
        co::Scheduler scheduler(kernel);
        scheduler.run([&] {
            bool came = false;
            co::process::signal(co::Signal::user1, [&] { came = true; });
            say_ready(end);
            while (!came) co::sleep(co::Duration::zero());
        });
        return 7;
    });
    CHECK(code == 7);
}

TEST_CASE("signal watch: each kind is given once, the lowest number first, and afterwards the system does as before") {
    co::LinuxKernel kernel;
    struct sigaction before {};
    struct sigaction after {};
    sigaction(SIGUSR2, nullptr, &before);
    {
        co::LinuxKernel watching;
        CHECK(watching.watch_signal(co::Signal::user2));
        CHECK(watching.watch_signal(co::Signal::user1));
        CHECK_FALSE(watching.take_signal());
        for (int signal : {SIGUSR2, SIGUSR1, SIGUSR2}) raise(signal);
        CHECK(watching.wait({}, co::TimePoint::max()));  // returns: they came before it
        CHECK(watching.take_signal() == co::Signal::user1);
        CHECK(watching.take_signal() == co::Signal::user2);
        CHECK_FALSE(watching.take_signal());
        CHECK_FALSE(watching.watch_signal(co::Signal::kill));
    }
    sigaction(SIGUSR2, nullptr, &after);
    CHECK((after.sa_handler == before.sa_handler));
}

TEST_CASE("process.signal: a watched signal alone does not keep a program from its end") {
    CHECK(co::run([] { co::process::signal(co::Signal::user1, [] {}); }) == 0);
}
