#include <co/atomic.h>
#include <co/shared_lock.h>
#include <doctest/doctest.h>

#include <set>

#include "tests/core/on_machine.h"

using namespace co::test;

namespace {

/// Runs `main` on a scheduler in a process of its own, and reaps it when it has ended.
template <typename Main>
co::ProcessId start_process(Main main) {
    return *co::Scheduler::current().kernel().spawn_process("other", [main](co::Kernel& own) {
        co::Scheduler scheduler(own);
        auto report = scheduler.run(main);
        if (!report.ok()) throw std::runtime_error(report.text());
        return 0;
    });
}

void reap_all() {
    while (*co::Scheduler::current().kernel().reap_child()) continue;
}

}  // namespace

TEST_CASE("atomic: add, sub, get, set, cmpset, and numbers wrap around") {
    on_machine([] {
        co::Atomic number(5);
        CHECK(number.add() == 6);
        CHECK(number.sub(7) == UINT32_MAX);
        CHECK(number.add(2) == 1);
        CHECK_FALSE(number.cmpset(0, 9));
        CHECK(number.cmpset(1, 9));
        CHECK(number.get() == 9);
        co::AtomicLong large(INT64_MAX);
        CHECK(large.add() == INT64_MIN);
        large.set(-3);
        CHECK(large.sub(4) == -7);
    });
}

TEST_CASE("atomic: processes share it") {
    for (std::uint64_t seed : {0u, 1u, 2u}) {
        on_machine(
            [] {
                auto number = std::make_shared<co::AtomicLong>(0);
                for (int i = 0; i < 4; ++i)
                    start_process([number] {
                        for (int step = 0; step < 10; ++step) {
                            number->add(3);
                            co::sleep(1ms);
                        }
                    });
                co::sleep(1s);
                reap_all();
                CHECK(number->get() == 120);
            },
            seed);
    }
}

TEST_CASE("atomic: wait() takes a 1 at once, else parks until wake(), in another process too") {
    for (std::uint64_t seed : {0u, 1u, 2u, 3u}) {
        on_machine(
            [] {
                auto number = std::make_shared<co::Atomic>(1);
                auto woken = std::make_shared<co::AtomicLong>(0);
                CHECK(number->wait() == co::WaitStatus::ok);
                CHECK(number->get() == 0);
                CHECK(number->wait(5ms) == co::WaitStatus::timeout);
                CHECK(milliseconds() == 5);
                for (int i = 0; i < 3; ++i)
                    start_process([number, woken] {
                        CHECK(number->wait() == co::WaitStatus::ok);
                        woken->add();
                    });
                co::sleep(10ms);
                CHECK(woken->get() == 0);
                number->wake(2);
                co::sleep(10ms);
                CHECK(woken->get() == 2);
                number->wake();
                co::sleep(10ms);
                CHECK(woken->get() == 3);
                CHECK(number->get() == 0);
                number->wake();  // nobody waits: the next one need not
                CHECK(number->wait(0s) == co::WaitStatus::ok);
                reap_all();
            },
            seed);
    }
}

TEST_CASE("atomic: a wait can be cancelled, and one that nobody can end is a deadlock") {
    Simulated cancelled([](Words& said) {
        co::Atomic number;
        co::CoroutineId child = co::go([&] { said.emplace_back(co::name(number.wait())); });
        CHECK(co::cancel(child) == co::CancelStatus::ok);
        co::sleep(0s);
    });
    CHECK(cancelled.said == Words{"cancelled"});
    Simulated stuck([](Words&) {
        co::Atomic number;
        number.wait();
    });
    CHECK(stuck.report.end == co::RunEnd::deadlock);
}

TEST_CASE("shared lock: one at a time, in turn with those of other processes") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        on_machine(
            [] {
                auto lock = std::make_shared<co::SharedLock>();
                auto inside = std::make_shared<co::AtomicLong>(0), done = std::make_shared<co::AtomicLong>(0);
                auto work = [lock, inside, done] {
                    for (int turn = 0; turn < 5; ++turn) {
                        CHECK(lock->lock() == co::LockStatus::ok);
                        CHECK(inside->add() == 1);
                        co::sleep(2ms);
                        CHECK(inside->sub() == 0);
                        lock->unlock();
                        done->add();
                    }
                };
                for (int i = 0; i < 3; ++i) start_process(work);
                co::go(work);
                co::go(work);
                co::sleep(1s);
                CHECK(done->get() == 25);
                reap_all();
            },
            seed);
    }
}

TEST_CASE("shared lock: when its holder is killed the next one has it, and is told so") {
    on_machine([] {
        co::SharedLock lock;  // not owned by the process that is killed: it would never let go
        co::ProcessId holder = start_process([&lock] {
            CHECK(lock.try_lock());
            co::sleep(1h);
        });
        co::sleep(1ms);
        CHECK_FALSE(lock.try_lock());
        CHECK(lock.lock(250ms) == co::LockStatus::timeout);
        CHECK(milliseconds() == 251);
        co::go([holder] {
            co::sleep(30ms);
            CHECK(co::Scheduler::current().kernel().send_signal(holder, co::Signal::kill));
        });
        CHECK(lock.lock() == co::LockStatus::recovered);
        CHECK(milliseconds() < 400);
        lock.unlock();
        CHECK(lock.lock() == co::LockStatus::ok);
        lock.unlock();
        reap_all();
    });
}

TEST_CASE("shared lock: misuse throws, and in one process a lock that is never let go is a deadlock") {
    Simulated run([](Words& said) {
        co::SharedLock lock;
        CHECK_THROWS_AS(lock.unlock(), std::logic_error);
        CHECK(lock.lock() == co::LockStatus::ok);
        CHECK_THROWS_AS(lock.lock(), std::logic_error);
        co::CoroutineId other = co::go([&] { said.emplace_back(co::name(lock.lock())); });
        CHECK(co::cancel(other) == co::CancelStatus::ok);
        co::sleep(0s);
        co::go([&] { CHECK_THROWS_AS(lock.unlock(), std::logic_error); });
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"cancelled"});
    Simulated stuck([](Words&) {
        auto lock = std::make_shared<co::SharedLock>();
        CHECK(lock->lock() == co::LockStatus::ok);
        co::go([lock] { lock->lock(); });
    });
    CHECK(stuck.report.end == co::RunEnd::deadlock);
}

namespace {

/// The events about shared memory, each as "1 shared_write 2 = 3 add(2)": who, what, to which, its value, its text.
Words shared_events(const co::trace::Trace& trace) {
    Words events;
    for (const co::trace::Event& event : trace.events) {
        if (event.kind < co::trace::EventKind::shared) continue;
        events.push_back(std::to_string(event.coroutine) + ' ' + std::string(co::trace::name(event.kind)) + ' ' +
                         std::to_string(event.object) + " = " +
                         (event.value == co::trace::forever_ns ? "forever" : std::to_string(event.value)) + ' ' +
                         std::string(trace.text(event)));
    }
    return events;
}

}  // namespace

TEST_CASE("atomic: the trace has one event for each call, with what came of it") {
    const Simulated run([](Words&) {
        co::Atomic hits(5, "hits");
        hits.add(2);
        hits.sub();
        hits.cmpset(6, 1);
        hits.cmpset(6, 9);
        hits.wait();
        hits.get();
        co::go([&] { hits.wait(1s); });
        hits.wake();
        co::sleep(1ms);
        co::AtomicLong bytes(-1);
        bytes.set(7);
    });
    CHECK(shared_events(run.trace) ==
          Words{"0 shared 1 = 5 hits", "0 shared_write 1 = 7 add(2)", "0 shared_write 1 = 6 sub()",
                "0 shared_write 1 = 1 cmpset(6, 1)", "0 shared_refused 1 = 1 cmpset(6, 9)", "0 shared_pass 1 = 0 ",
                "0 shared_read 1 = 0 get()", "1 shared_wait 1 = 1000000000 ", "0 shared_open 1 = 1 ",
                "1 shared_pass 1 = 0 ", "0 shared 2 = -1 ", "0 shared_write 2 = 7 set(7)"});
}

TEST_CASE("shared lock: the trace tells who holds it and who waits") {
    const Simulated run([](Words&) {
        co::SharedLock door("door");
        door.lock();
        co::go([&] {
            door.try_lock();
            door.lock();
            door.unlock();
        });
        door.unlock();
        co::sleep(1ms);
    });
    CHECK(shared_events(run.trace) == Words{"0 shared 1 = 0 door", "0 shared_pass 1 = 1 ",
                                            "1 shared_pass 1 = 0 timeout", "1 shared_wait 1 = forever ",
                                            "0 shared_open 1 = 0 ", "1 shared_pass 1 = 1 ", "1 shared_open 1 = 0 "});
}

TEST_CASE("shared memory: each process numbers what it makes so that no other one has that number") {
    co::trace::Recorder recorder;
    co::sim::Machine machine({.sink = &recorder});
    for (const char* host : {"app", "far"})
        machine.host(host).start([] {
            co::Atomic first, second;
            second.add();
        });
    machine.run();
    std::set<std::uint32_t> numbers;
    for (const co::trace::Event& event : recorder.trace().events)
        if (event.kind == co::trace::EventKind::shared) numbers.insert(event.object);
    CHECK(numbers.size() == 4);
}

TEST_CASE("shared lock: a forgotten one is reported as a Lock, with who held it") {
    const Simulated ended([](Words&) {
        auto door = std::make_shared<co::SharedLock>("door");
        co::go([door] { door->lock(); });
        door->lock();
    });
    CHECK(ended.report.end == co::RunEnd::deadlock);
    REQUIRE(ended.report.survivors.size() == 1);
    CHECK(ended.report.survivors[0].wait == co::WaitKind::shared_lock);
    CHECK(ended.report.survivors[0].waits_for == "lock() on Lock door, which co#1 still held when it ended");
    const Simulated parked([](Words&) {
        auto door = std::make_shared<co::SharedLock>();
        co::go([door] {
            door->lock();
            co::yield();
        });
        co::go([door] { door->lock(); });
        co::Atomic(0, "bell").wait();
    });
    REQUIRE(parked.report.survivors.size() == 3);
    CHECK(parked.report.survivors[0].waits_for == "wait() on Atomic bell");
    CHECK(parked.report.survivors[2].waits_for == "lock() on Lock #1, which co#1 holds");
}

TEST_CASE("shared lock: of several that wait each learns of a death, one holder after the other") {
    for (std::uint64_t seed : {0u, 1u, 2u, 3u}) {
        on_machine(
            [] {
                co::SharedLock here;  // not owned by the processes that are killed, nor is the number
                co::AtomicLong count;
                auto* lock = &here;
                auto* recovered = &count;
                CHECK(lock->try_lock());
                for (int i = 0; i < 3; ++i)
                    start_process([lock, recovered] {
                        if (lock->lock() == co::LockStatus::recovered) recovered->add();
                        co::Kernel& own = co::Scheduler::current().kernel();
                        static_cast<void>(own.send_signal(own.process_id(), co::Signal::kill));
                    });
                co::sleep(1ms);
                lock->unlock();
                co::sleep(1s);
                CHECK(recovered->get() == 2);  // the first one had it from a living one
                CHECK(lock->lock() == co::LockStatus::recovered);
                CHECK(milliseconds() == 1001);
                lock->unlock();
                reap_all();
            },
            seed);
    }
}
