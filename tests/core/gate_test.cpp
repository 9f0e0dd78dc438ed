#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("mutex: held across a wait, and served first come, first served") {
    Simulated run([](Words& said) {
        co::Mutex mutex("account");
        for (const char* name : {"a", "b", "c"})
            co::go([&, name] {
                co::MutexLock lock(mutex);
                said.push_back(std::string(name) + "+");
                co::sleep(10ms);
                said.push_back(std::string(name) + "-");
            });
        CHECK_FALSE(mutex.try_lock());
        CHECK(mutex.lock(5ms) == co::WaitStatus::timeout);
        co::sleep(50ms);
        CHECK(mutex.try_lock());
        CHECK_THROWS_AS(mutex.lock(), std::logic_error);
        mutex.unlock();
        CHECK_THROWS_AS(mutex.unlock(), std::logic_error);
    });
    CHECK(run.said == Words{"a+", "a-", "b+", "b-", "c+", "c-"});
}

TEST_CASE("mutex: nobody overtakes the one it was handed to") {
    Simulated run([](Words& said) {
        co::Mutex mutex;
        mutex.lock();
        co::go([&] {
            mutex.lock();
            said.push_back("waiter");
            mutex.unlock();
        });
        mutex.unlock();
        said.push_back(mutex.try_lock() ? "overtook" : "refused");
        co::sleep(1ms);  // the mutex must outlive its waiter
    });
    CHECK(run.said == Words{"refused", "waiter"});
}

TEST_CASE("semaphore: at most n at once, and release by anybody, and zero places wait for a release") {
    Simulated run([](Words&) {
        co::Semaphore semaphore(2);
        int inside = 0, most = 0;
        co::WaitGroup group;
        for (int i = 0; i < 6; ++i)
            group.go([&] {
                semaphore.acquire();
                most = std::max(most, ++inside);
                co::sleep(10ms);
                --inside;
                semaphore.release();
            });
        group.wait();
        CHECK(most == 2);
        CHECK(semaphore.places_left() == 2);
        CHECK(co::now().time_since_epoch() == 30ms);
        co::Semaphore none(0);
        CHECK_FALSE(none.try_acquire());
        co::go([&] { co::sleep(1ms), none.release(); });
        CHECK(none.acquire(1s) == co::WaitStatus::ok);
        CHECK_THROWS_AS(co::Semaphore(-1), std::invalid_argument);
    });
    CHECK(run.report.ok());
}

TEST_CASE("barrier: nobody goes on until all have arrived, round after round, and one that gave up has not arrived") {
    Simulated run([](Words& said) {
        co::Barrier barrier(3);
        for (auto delay : {10ms, 20ms, 30ms})
            co::go([&, delay] {
                for (int round = 1; round <= 2; ++round) {
                    co::sleep(delay);
                    barrier.wait();
                    said.push_back(std::to_string(round) + "@" + std::to_string(co::now().time_since_epoch() / 1ms));
                }
            });
        CHECK(barrier.wait(1ms) == co::WaitStatus::timeout);
        co::sleep(100ms);
        CHECK_THROWS_AS(co::Barrier(0), std::invalid_argument);
    });
    CHECK(run.said == Words{"1@30", "1@30", "1@30", "2@60", "2@60", "2@60"});
}

TEST_CASE("mutex: one whose owner ended stays locked, and nobody inherits it by chance") {
    Simulated run([](Words&) {
        co::Mutex mutex;
        co::go([&] { mutex.lock(); });
        co::go([&] { CHECK_THROWS_AS(mutex.unlock(), std::logic_error); });
        CHECK(mutex.is_locked());
    });
    CHECK(run.report.ok());
}
