#include <co/remote.h>

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include <co/co.h>
#include <co/linux_kernel.h>

using namespace std::chrono_literals;

namespace {
template <typename Program>
co::RunReport run_here(Program program) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    return scheduler.run(program);
}
}  // namespace

TEST_CASE("remote: work posted by other threads runs here, in the order of each poster, and may wait") {
    std::vector<std::thread> workers;
    std::array<int, 4> next{};
    int sum = 0;
    auto report = run_here([&] {
        co::Remote home;
        for (std::size_t who = 0; who < next.size(); ++who)
            workers.emplace_back([home, who, &next, &sum] {
                for (int i = 0; i < 1000; ++i)
                    home.post([who, i, &next, &sum] {
                        CHECK(next[who]++ == i);
                        co::sleep(0ms);
                        ++sum;
                    });
            });
    });
    for (auto& worker : workers) worker.join();
    CHECK(report.ok());
    CHECK(sum == 4000);
}

TEST_CASE("remote: a parked coroutine is no deadlock while a Remote is alive, and its wake-up comes from outside") {
    std::thread worker;
    auto report = run_here([&] {
        co::Channel<int> answers(1);
        worker =
            std::thread([home = co::Remote(), &answers] { home.post([&] { static_cast<void>(answers.push(42)); }); });
        CHECK(*answers.pop() == 42);
    });
    worker.join();
    CHECK(report.ok());
}

TEST_CASE("remote: posting to a scheduler that has ended is refused") {
    std::optional<co::Remote> home;
    {
        co::LinuxKernel kernel;
        co::Scheduler scheduler(kernel);
        scheduler.run([&] {
            home.emplace();
            co::Scheduler::current().stop("the test has what it wants");
        });
    }
    CHECK_FALSE(home->post([] {}));
}

TEST_CASE("threads: schedulers work side by side, one on each") {
    std::atomic<int> sum = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            auto report = run_here([&] {
                co::Channel<int> numbers(8);
                co::go([&] {
                    for (int i = 1; i <= 1000; ++i) static_cast<void>(numbers.push(i));
                    numbers.close();
                });
                while (auto number = numbers.pop()) sum += *number;
            });
            CHECK(report.ok());
        });
    for (auto& thread : threads) thread.join();
    CHECK(sum == 4 * 500500);
}
