#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("nested: go runs the child at once until it first waits, then the parent goes on") {
    Simulated run([](Words& said) {
        said.push_back("main start");
        co::go([&] {
            said.push_back("child start");
            co::go([&] {
                said.push_back("grandchild start");
                co::sleep(200ms);
                said.push_back("grandchild end");
            });
            said.push_back("child goes on");
            co::sleep(100ms);
            said.push_back("child end");
        });
        said.push_back("main end");
    });
    CHECK(run.report.ok());
    CHECK(run.said == Words{"main start", "child start", "grandchild start", "child goes on", "main end", "child end",
                            "grandchild end"});
    CHECK(run.ended_at == 200ms);
}

TEST_CASE("nested: sleepers wake by deadline, not by the order in which they were started") {
    Simulated run([](Words& said) {
        co::go([&] { co::sleep(30ms), said.push_back("30"); });
        co::go([&] { co::sleep(10ms), said.push_back("10"); });
        co::go([&] { co::sleep(20ms), said.push_back("20"); });
    });
    CHECK(run.said == Words{"10", "20", "30"});
}

TEST_CASE("nested: deeper than max_nesting is refused by name") {
    Simulated run(
        [](Words& said) {
            std::function<void(int)> dig = [&](int depth) {
                try {
                    co::go([&] { dig(depth + 1); });
                } catch (const std::logic_error& error) {
                    said.push_back(std::to_string(depth) + ": " + error.what());
                }
            };
            dig(0);
        },
        {.max_nesting = 5});
    REQUIRE(run.said.size() == 1);
    CHECK(run.said[0].starts_with("4: go() within go() is nested 5 deep"));
}

TEST_CASE("defer_order: last in first out, may wait, and one added inside a defer runs before the outer ones") {
    Simulated run([](Words& said) {
        co::defer([&] { said.push_back("first"); });
        co::defer([&] {
            said.push_back("second");
            co::sleep(10ms);
            co::defer([&] { said.push_back("inner"); });
        });
        said.push_back("body");
    });
    CHECK(run.said == Words{"body", "second", "inner", "first"});
}

TEST_CASE(
    "defer_after_throw: an uncaught exception still runs the defers, newest first, and ends its coroutine alone") {
    std::uint32_t started_line = 0;
    Simulated run([&](Words& said) {
        started_line = __LINE__ + 1;
        co::go("worker", [&] {
            co::defer([&] { said.push_back("~a"); });
            co::defer([&] { said.push_back("~b"); });
            throw std::runtime_error("out of tea");
        });
        said.push_back("main goes on");
    });
    CHECK(run.said == Words{"~b", "~a", "main goes on"});
    REQUIRE(run.report.failures.size() == 1);
    CHECK(run.report.failures[0].coroutine == 1);
    CHECK(run.report.failures[0].what == "out of tea");
    CHECK(run.report.failures[0].started_at.line == started_line);
    CHECK_FALSE(run.report.ok());
    CHECK(run.report.text().find("co#1 worker failed: out of tea, started at ") == 0);
}

TEST_CASE("defer: an exception that leaves a deferred function is reported and the remaining ones run") {
    Simulated run([](Words& said) {
        co::defer([&] { said.push_back("outer"); });
        co::defer([] { throw std::runtime_error("in defer"); });
    });
    CHECK(run.said == Words{"outer"});
    REQUIRE(run.report.failures.size() == 1);
    CHECK(run.report.failures[0].what == "in defer");
}

TEST_CASE("all_asleep: the report names every survivor and what it waits for, run returns, destructors ran") {
    auto witness = std::make_shared<int>(0);
    Simulated run([&](Words&) {
        auto results = std::make_unique<co::Channel<int>>(1, "results");
        co::go("sink", [&, held = witness] { static_cast<void>(results->pop()); });
        co::go("sleeper", [held = witness] { co::yield(); });
        static_cast<void>(results->pop());
    });
    CHECK(run.report.end == co::RunEnd::deadlock);
    CHECK_FALSE(run.report.ok());
    REQUIRE(run.report.survivors.size() == 3);
    CHECK(run.report.survivors[0].name == "main");
    CHECK(run.report.survivors[0].waits_for == "pop() on results");
    CHECK(run.report.survivors[1].waits_for == "pop() on results");
    CHECK(run.report.survivors[2].waits_for == "a resume(), in yield()");
    CHECK(run.report.text().find("co#1 sink waits in pop() on results, started at ") != std::string::npos);
    CHECK(witness.use_count() == 1);
}

TEST_CASE("tree_any_order: parent links never dangle in whatever order coroutines end") {
    Simulated run([](Words& said) {
        co::go([&] {
            co::go([&] {
                co::sleep(20ms);
                said.push_back(std::to_string(co::parent_id().value()) + (co::exists(1) ? " alive" : " gone"));
            });
            co::sleep(10ms);
        });
        said.push_back(co::parent_id() ? "has" : "no parent");
    });
    CHECK(run.said == Words{"no parent", "1 gone"});
}

TEST_CASE("max_coroutines: creation beyond the limit fails, and alive and peak equal the limit") {
    Simulated run(
        [](Words& said) {
            for (int i = 0; i < 3; ++i) {
                try {
                    co::go([] { co::sleep(1s); });
                } catch (const std::length_error& error) {
                    said.push_back(error.what());
                }
            }
            said.push_back(std::to_string(co::stats().alive) + " " + std::to_string(co::stats().peak));
        },
        {.max_coroutines = 3});
    REQUIRE(run.said.size() == 2);
    CHECK(run.said[0].starts_with("3 coroutines are alive"));
    CHECK(run.said[1] == "3 3");
}

TEST_CASE("direct_resume: resuming a parked coroutine runs it at once, before resume returns") {
    Simulated run([](Words& said) {
        auto child = co::go([&] {
            said.push_back("parks");
            co::yield();
            said.push_back("goes on");
        });
        said.push_back("main resumes");
        co::resume(child);
        said.push_back("back in main");
    });
    CHECK(run.said == Words{"parks", "main resumes", "goes on", "back in main"});
}

TEST_CASE("resume: an unknown id, and one that does not wait in yield(), are told apart") {
    Simulated run([](Words& said) {
        auto child = co::go([] { co::sleep(1s); });
        for (co::CoroutineId id : {child, child + 7}) {
            try {
                co::resume(id);
            } catch (const std::logic_error& error) {
                said.push_back(error.what());
            }
        }
    });
    CHECK(run.said ==
          Words{"resume(1): that coroutine does not wait in yield()", "resume(8): no such coroutine is alive"});
}

TEST_CASE("sleep(0) goes to the back of the ready queue") {
    Simulated run([](Words& said) {
        for (const char* name : {"a", "b"})
            co::go([&said, name] {
                for (int i = 0; i < 3; ++i) {
                    said.push_back(name);
                    co::sleep(0s);
                }
            });
    });
    CHECK(run.said == Words{"a", "b", "a", "b", "a", "b"});
    CHECK(run.ended_at == 0ms);
}

TEST_CASE("horizon: the run ends there, and is no failure") {
    Simulated run([](Words& said) { co::timer::tick(100ms, [&](co::TimerId) { said.push_back("tick"); }); },
                  {.horizon = 350ms});
    CHECK(run.said == Words{"tick", "tick", "tick"});
    CHECK(run.report.end == co::RunEnd::horizon);
    CHECK(run.report.ok());
}

TEST_CASE("stop: the run ends when the running coroutine waits, and nobody else runs") {
    Simulated run([](Words& said) {
        co::go([&] { co::sleep(10ms), said.push_back("never"); });
        co::Scheduler::current().stop("enough");
        said.push_back("still running");
    });
    CHECK(run.said == Words{"still running"});
    CHECK(run.report.end == co::RunEnd::stopped);
    CHECK(run.report.why_stopped == "enough");
}

TEST_CASE("misuse: waiting outside a coroutine, and running a scheduler twice, say what to do") {
    CHECK_THROWS_WITH_AS(co::sleep(1ms), doctest::Contains("start one with co::run()"), std::logic_error);
    co::SimKernel kernel;
    co::Scheduler scheduler(kernel);
    scheduler.run([] {});
    CHECK_THROWS_WITH_AS(scheduler.run([] {}), doctest::Contains("called twice"), std::logic_error);
}

TEST_CASE("unwinding: a coroutine that waits in a destructor or a defer while it is unwound ends all the same") {
    struct WaitsAtTheEnd {
        ~WaitsAtTheEnd() { co::sleep(1s); }
    };
    Simulated run([](Words& said) {
        co::defer([&] {
            said.push_back("deferred");
            co::sleep(1s);
            said.push_back("not reached");
        });
        WaitsAtTheEnd guard;
        co::yield();
    });
    CHECK(run.report.end == co::RunEnd::deadlock);
    CHECK(run.said == Words{"deferred"});
}

TEST_CASE("go: whoever takes the place of one that ended knows nothing of it") {
    co::Local<int> number;
    Simulated run([&](Words& said) {
        const auto place = [] { return co::Scheduler::current().running_stack()->lowest; };
        const std::byte* first = nullptr;
        const co::CoroutineId failing = co::go("failing", [&] {
            first = place();
            *number = 7;
            co::defer([&] { said.push_back("deferred"); });
            co::sleep(1h);  // until it is cancelled, long before
            throw std::runtime_error("failed");
        });
        co::cancel(failing);
        co::sleep(0ms);
        co::timer::after(1ms, [&] {
            CHECK(place() == first);
            CHECK(co::parent_id() == std::nullopt);
            CHECK(*number == 0);
            CHECK(std::current_exception() == nullptr);
            CHECK(co::backtrace(co::id()).front().find("failing") == std::string::npos);
            co::sleep(1ms);
            said.push_back("slept until " + std::to_string(milliseconds()));
        });
        co::sleep(5ms);
    });
    CHECK(run.said == Words{"deferred", "slept until 2"});
    CHECK(run.report.failures.size() == 1);
}

TEST_CASE("go: a changed stack size holds for all that begin from then on, whoever has ended") {
    Simulated run([](Words&) {
        const auto bytes_of_next = [] {
            std::size_t bytes = 0;
            co::go([&] { bytes = co::Scheduler::current().running_stack()->stack_bytes; });
            return bytes;
        };
        for (const std::size_t size : {256 * 1024, 64 * 1024, 512 * 1024, 64 * 1024}) {
            co::set({.stack_bytes = size});
            for (int i = 0; i < 3; ++i) CHECK(bytes_of_next() == size);
            co::go({.stack_bytes = 128 * 1024}, [] {});
            for (int i = 0; i < 100; ++i) co::go([] { co::sleep(1ms); });
            co::sleep(2ms);
            CHECK(bytes_of_next() == size);
        }
    });
    CHECK(run.report.ok());
}

TEST_CASE("trace: the steps of a small program, and equal bytes each time") {
    auto program = [](Words&) {
        co::Channel<int> numbers(1, "numbers");
        co::go("producer", [&] { numbers.push(7); });
        static_cast<void>(numbers.pop());
    };
    Simulated first(program), second(program);
    CHECK(first.steps() == "start channel go push done pop done");
    CHECK(co::trace::to_bytes(first.trace) == co::trace::to_bytes(second.trace));
    CHECK(co::trace::hash(first.trace) == co::trace::hash(second.trace));
    CHECK(first.trace.text(first.trace.events[3]) == "7");
}
