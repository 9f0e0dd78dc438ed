#include <co/relay.h>

#include <deque>
#include <random>

#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {

/// Begins the jobs that it is given, in their order.
struct Desk : std::enable_shared_from_this<Desk> {
    static std::shared_ptr<Desk> open() {
        auto desk = std::make_shared<Desk>();
        desk->relay.start();
        return desk;
    }
    void add(co::Callable job) {
        due.push_back(std::move(job));
        relay.wake();
    }
    void close() {
        is_closed = true;
        relay.wake();
    }
    std::optional<co::TimePoint> work() {
        ++calls;
        if (before) before();
        while (!due.empty()) {
            co::Callable job = std::move(due.front());
            due.pop_front();
            if (!relay.go("job", job)) return co::TimePoint();
        }
        if (is_closed) return std::nullopt;
        return std::exchange(until, co::TimePoint::max());
    }

    std::deque<co::Callable> due{};
    bool is_closed = false;
    std::function<void()> before{};  // each time that the work is called
    int calls = 0;
    co::TimePoint until = co::TimePoint::max();
    co::Relay relay{"desk", [this] { return work(); }, [this] { return shared_from_this(); }};
};

const std::byte* stack_here() { return co::Scheduler::current().running_stack()->lowest; }

}  // namespace

TEST_CASE("relay: each job has a coroutine of its own, and those that do not wait share one stack") {
    Simulated run([](Words& said) {
        auto desk = Desk::open();
        std::vector<co::CoroutineId> ids;
        std::vector<const std::byte*> stacks;
        std::optional<co::CoroutineId> parent;
        for (int job = 0; job < 3; ++job)
            desk->add([&] {
                CHECK((!parent || parent == co::parent_id()));
                parent = co::parent_id();
                CHECK(co::list() == std::vector<co::CoroutineId>{0, co::id()});  // the program waits for all of them
                ids.push_back(co::id());
                stacks.push_back(stack_here());
            });
        co::sleep(1ms);
        CHECK(ids.size() == 3);
        CHECK((ids[0] < ids[1] && ids[1] < ids[2]));
        CHECK((stacks[0] == stacks[1] && stacks[1] == stacks[2]));
        CHECK(co::stats().alive == 2);
        CHECK(co::exists(*parent));
        for (co::CoroutineId id : ids) CHECK(!co::exists(id));
        desk->close();
        said.push_back("closed");
    });
    CHECK(run.said == Words{"closed"});
    CHECK(run.report.ok());
}

TEST_CASE("relay: while a job waits the others go on, and it keeps its stack and its id") {
    Simulated run([](Words& said) {
        auto desk = Desk::open();
        auto job = [&](std::string name, co::Duration wait) {
            desk->add([&said, name, wait] {
                const co::CoroutineId id = co::id();
                const std::byte* stack = stack_here();
                said.push_back(name + " begins");
                if (wait > 0ms) co::sleep(wait);
                CHECK(co::id() == id);
                CHECK(stack_here() == stack);
                said.push_back(name + " ends");
            });
        };
        job("a", 20ms);
        job("b", 0ms);
        job("c", 10ms);
        job("d", 0ms);
        co::sleep(15ms);
        job("e", 0ms);
        co::sleep(15ms);
        CHECK(co::stats().alive == 2);
        desk->close();
    });
    CHECK(run.said == Words{"a begins", "b begins", "b ends", "c begins", "d begins", "d ends", "c ends", "e begins",
                            "e ends", "a ends"});
    CHECK(run.report.ok());
}

TEST_CASE("relay: a job's defers, locals and failure are its own") {
    static co::Local<int> counter;
    Simulated run([](Words& said) {
        auto desk = Desk::open();
        desk->add([&] {
            co::defer([&] { said.push_back("deferred"); });
            *counter += 7;
            said.push_back(std::to_string(*counter));
        });
        desk->add([&] {
            *counter += 1;
            said.push_back(std::to_string(*counter));
            throw std::runtime_error("no paper");
        });
        desk->add([&] {
            co::defer([&] {
                co::sleep(1ms);
                said.push_back("deferred late");
            });
        });
        desk->add([&] {
            co::sleep(2ms);
            throw std::runtime_error("no ink");
        });
        desk->add([&] { said.push_back("last"); });
        co::sleep(5ms);
        desk->close();
    });
    CHECK(run.said == Words{"7", "deferred", "1", "last", "deferred late"});
    REQUIRE(run.report.failures.size() == 2);
    CHECK(run.report.failures[0].what == "no paper");
    CHECK(run.report.failures[1].what == "no ink");
    for (const co::Failure& failure : run.report.failures) CHECK(failure.name == "job");
}

TEST_CASE("relay: a job can be joined, cancelled and resumed, and begin others") {
    Simulated run([](Words& said) {
        auto desk = Desk::open();
        co::CoroutineId yields = 0;
        desk->add([&] {
            const co::CoroutineId self = co::id();
            co::go([&said, self] { said.push_back("joined: " + std::string(co::name(co::join({self})))); });
            said.push_back("job ends");
        });
        desk->add([&] {
            yields = co::id();
            co::yield();
            said.push_back("resumed");
        });
        desk->add([&] {
            const co::CoroutineId self = co::id();
            co::go([self] {
                co::sleep(1ms);
                co::cancel(self);
            });
            said.push_back("slept: " + std::string(co::name(co::sleep(1s))));
        });
        desk->add([&] { co::resume(yields); });
        co::sleep(5ms);
        desk->close();
    });
    CHECK(run.said == Words{"job ends", "resumed", "joined: ok", "slept: cancelled"});
    CHECK(run.ended_at == 5ms);
    CHECK(run.report.ok());
}

TEST_CASE("relay: the work is called when it said, and again after others when there is something to do") {
    Simulated run([](Words& said) {
        auto desk = Desk::open();
        desk->until = co::now() + 10ms;
        co::sleep(5ms);
        CHECK(desk->calls == 1);
        co::sleep(6ms);
        CHECK(desk->calls == 2);
        desk->add([&] {
            co::go([&] {
                co::sleep(0ms);
                said.push_back("other");
            });
            desk->relay.wake();
            said.push_back("job");
        });
        co::sleep(1ms);
        CHECK(desk->calls == 4);
        desk->close();
    });
    CHECK(run.said == Words{"job", "other"});
    CHECK(run.report.ok());
}

TEST_CASE("relay: a run that ends unwinds the jobs that wait, and frees the relay") {
    struct Flag {
        explicit Flag(Words& said, std::string word) : all(said), what(std::move(word)) {}
        ~Flag() { all.push_back(what); }
        Words& all;
        std::string what;
    };
    std::weak_ptr<Desk> seen;
    Simulated run([&](Words& said) {
        auto desk = Desk::open();
        seen = desk;
        for (const char* name : {"a", "b"})
            desk->add([&said, name] {
                Flag flag(said, name);
                co::sleep(1s);
            });
        desk->add([] { co::Scheduler::current().stop("enough"); });
        desk->add([&] { said.push_back("too late, but begun already in this turn"); });
        co::sleep(1h);
    });
    CHECK(run.report.end == co::RunEnd::stopped);
    CHECK(seen.expired());
    CHECK(std::count(run.said.begin(), run.said.end(), "a") == 1);
    CHECK(std::count(run.said.begin(), run.said.end(), "b") == 1);
}

TEST_CASE("relay: where there are as many coroutines as allowed go() throws, and its caller leads still") {
    Simulated run(
        [](Words& said) {
            auto desk = Desk::open();
            for (int job = 0; job < 2; ++job) desk->add([] { co::sleep(10ms); });
            co::sleep(1ms);
            desk->before = [&] {
                auto job = [&] { said.push_back("job"); };
                try {
                    desk->relay.go("job", job);
                } catch (const std::length_error& error) {
                    said.push_back(error.what());
                }
                if (desk->relay.leads()) said.push_back("leads");
            };
            desk->relay.wake();
            co::sleep(10ms);
            desk->relay.wake();
            co::sleep(1ms);
            desk->before = {};
            desk->close();
        },
        {.max_coroutines = 3});
    CHECK(run.said == Words{"3 coroutines are alive: the limit, see max_coroutines", "leads", "job", "leads"});
    CHECK(run.report.ok());
}

TEST_CASE("relay: jobs happen as though each was started by go()") {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        auto all_jobs = [seed](Words& said) {
            std::mt19937 random(seed);
            std::vector<co::Callable> jobs;
            for (int number = 0; number < 40; ++number) {
                std::vector<int> waits(random() % 4);
                for (int& wait : waits) wait = static_cast<int>(random() % 5);
                jobs.emplace_back([&said, number, waits] {
                    for (int wait : waits) {
                        said.push_back(std::to_string(number) + " at " + std::to_string(milliseconds()));
                        co::sleep(std::chrono::milliseconds(wait));
                    }
                    said.push_back(std::to_string(number) + " ends");
                });
            }
            return jobs;
        };
        Simulated alone([&](Words& said) {
            for (co::Callable& job : all_jobs(said)) co::go(std::move(job));
            co::sleep(1s);
        });
        Simulated relayed([&](Words& said) {
            auto desk = Desk::open();
            for (co::Callable& job : all_jobs(said)) desk->add(std::move(job));
            co::sleep(1s);
            desk->close();
        });
        CAPTURE(seed);
        CHECK(relayed.said == alone.said);
        CHECK(relayed.report.ok());
    }
}
