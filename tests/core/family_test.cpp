#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {
std::string word(co::JoinStatus status) { return std::string(co::name(status)); }
std::string word(co::CancelStatus status) { return std::string(co::name(status)); }
}  // namespace

TEST_CASE("join: empty list, self and unknown id fail at once, each with its own reason") {
    Simulated run([](Words& said) { said = {word(co::join({})), word(co::join({co::id()})), word(co::join({99}))}; });
    CHECK(run.said == Words{"empty", "self", "unknown"});
    CHECK(run.ended_at == 0ms);
}

TEST_CASE("join: a 10 ms join of a 500 ms child times out, and the child can be joined again") {
    Simulated run([](Words& said) {
        auto child = co::go([] { co::sleep(500ms); });
        said.push_back(word(co::join({child}, 10ms)));
        said.push_back(word(co::join({child}, 0ms)));
        said.push_back(word(co::join({child})));
        CHECK(co::now().time_since_epoch() == 500ms);
    });
    CHECK(run.said == Words{"timeout", "timeout", "ok"});
}

TEST_CASE("join: a second joiner of the same child is refused") {
    Simulated run([](Words& said) {
        auto child = co::go([] { co::sleep(10ms); });
        co::go([&said, child] { said.push_back("first: " + word(co::join({child}))); });
        said.push_back("second: " + word(co::join({child})));
    });
    CHECK(run.said == Words{"second: joined already", "first: ok"});
}

TEST_CASE("join: waits for the slowest of several, and one that has ended does not hold it up") {
    Simulated run([](Words& said) {
        auto ended = co::go([] {});
        auto slow = co::go([] { co::sleep(30ms); });
        auto quick = co::go([] { co::sleep(10ms); });
        said.push_back(word(co::join({ended, slow, quick, slow})));
    });
    CHECK(run.said == Words{"ok"});
    CHECK(run.ended_at == 30ms);
}

TEST_CASE("cancel: cancelling oneself, an unknown id and one that does not wait fail with distinct reasons") {
    Simulated run([](Words& said) {
        auto child = co::go([] { co::sleep(0ms); });
        said = {word(co::cancel(co::id())), word(co::cancel(99)), word(co::cancel(child))};
    });
    CHECK(run.said == Words{"self", "unknown", "not waiting"});
}

TEST_CASE("cancel: every wait wakes with cancelled, at once and once") {
    Simulated run([](Words& said) {
        co::Channel<int> empty(1), full(1);
        co::WaitGroup group;
        co::Mutex mutex;
        co::Semaphore semaphore(0);
        co::Barrier barrier(2);
        static_cast<void>(full.push(1));
        group.add();
        mutex.lock();
        auto say = [&](std::string_view status) { said.emplace_back(status); };
        std::vector<co::CoroutineId> ids = {
            co::go([&] { say(name(co::sleep(1s))); }),
            co::go([&] { say(name(co::yield())); }),
            co::go([&] { say(name(empty.pop(1s).status())); }),
            co::go([&] { say(name(full.push(2))); }),
            co::go([&] { say(name(group.wait())); }),
            co::go([&] { say(name(mutex.lock())); }),
            co::go([&] { say(name(semaphore.acquire())); }),
            co::go([&] { say(name(barrier.wait())); }),
            co::go([&] { say(name(co::join({0}))); }),
            co::go([&] { say(co::select(empty.on_pop([](int) {})) == co::select_cancelled ? "cancelled" : "?"); }),
        };
        for (auto id : ids) CHECK(co::cancel(id) == co::CancelStatus::ok);
        for (auto id : ids) CHECK(co::cancel(id) == co::CancelStatus::not_waiting);
        co::sleep(0ms);
        CHECK(said == Words(ids.size(), "cancelled"));
        CHECK(empty.stats().consumers == 0);
        CHECK(full.stats().producers == 0);
        mutex.unlock();
    });
    CHECK(run.report.ok());
    CHECK(run.ended_at == 0ms);
}

TEST_CASE("local: each coroutine has a value of its own, gone when it ends") {
    static int alive = 0;
    struct Counted {
        Counted() { ++alive; }
        ~Counted() { --alive; }
        std::string text;
    };
    co::Local<Counted> user;
    Simulated run([&](Words& said) {
        for (const char* name : {"ann", "ben"})
            co::go([&, name] {
                user->text = name;
                co::sleep(10ms);
                said.push_back(user->text);
            });
        co::sleep(20ms);
        said.push_back(std::to_string(alive));
        CHECK(user->text.empty());
    });
    CHECK(run.said == Words{"ann", "ben", "0"});
    CHECK(alive == 0);
}

TEST_CASE("backtrace: what it does and who started it, and nothing for one that has ended") {
    Simulated run([](Words& said) {
        auto child = co::go("outer", [&] {
            auto grandchild = co::go("inner", [] { co::sleep(1s); });
            said = co::backtrace(grandchild);
        });
        CHECK(co::backtrace(child).empty());
    });
    REQUIRE(run.said.size() == 3);
    CHECK(run.said[0].starts_with("co#2 inner waits in sleep(), started at "));
    CHECK(run.said[1].starts_with("co#1 outer, started at "));
    CHECK(run.said[2] == "main");
}

TEST_CASE("stacks: a size for one coroutine alone, and the deepest use is known when it is measured") {
    Simulated run(
        [](Words&) {
            std::size_t before = co::stats().deepest_stack_bytes;
            co::go({.stack_bytes = 1024 * 1024}, [] {
                volatile char room[600 * 1024];
                room[0] = 1;
                CHECK(room[0] == 1);
            });
            CHECK(before < 64 * 1024);
            CHECK(co::stats().deepest_stack_bytes > 600 * 1024);
            CHECK(co::stats().deepest_stack_bytes <= 1024 * 1024);
        },
        {.stack_bytes = 64 * 1024, .measures_stacks = true});
    CHECK(run.report.ok());
}

TEST_CASE("set: limits change from now on") {
    Simulated run([](Words&) {
        co::set({.max_coroutines = 2});
        co::go([] { co::sleep(1ms); });
        CHECK_THROWS_AS(co::go([] {}), std::length_error);
        co::set({.stack_bytes = 128 * 1024});
        CHECK(co::stats().stack_bytes == 128 * 1024);
        co::sleep(2ms);
        co::go([] {});
    });
    CHECK(run.report.ok());
}

TEST_CASE("at_end: abandoned coroutines run nothing more") {
    Simulated run(
        [](Words& said) {
            co::defer([&] { said.push_back("deferred"); });
            co::yield();
        },
        {.at_end = co::AtEnd::abandon});
    CHECK(run.report.end == co::RunEnd::deadlock);
    CHECK(run.said.empty());
}
