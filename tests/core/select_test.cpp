#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("select: takes the case that can go on, and the first one for seed 0") {
    Simulated run([](Words& said) {
        co::Channel<int> a(1), b(1);
        static_cast<void>(b.push(2));
        CHECK(co::select(a.on_pop([&](int) { said.push_back("a"); }),
                         b.on_pop([&](int v) { said.push_back("b" + std::to_string(v)); })) == 1);
        static_cast<void>(a.push(1));
        static_cast<void>(b.push(3));
        CHECK(co::select(a.on_pop([&](int) { said.push_back("a"); }), b.on_pop([&](int) { said.push_back("b"); })) ==
              0);
        CHECK(b.length() == 1);
    });
    CHECK(run.said == Words{"b2", "a"});
}

TEST_CASE("select: among several that can go on the choice comes from the seed, the same each time") {
    auto choices = [](std::uint64_t seed) {
        std::string text;
        co::SimKernel kernel({.seed = seed});
        co::Scheduler scheduler(kernel);
        scheduler.run([&] {
            co::Channel<int> a(20), b(20);
            for (int i = 0; i < 20; ++i) static_cast<void>(a.push(i)), static_cast<void>(b.push(i));
            for (int i = 0; i < 20; ++i) text += std::to_string(co::select(a.on_pop([](int) {}), b.on_pop([](int) {})));
        });
        return text;
    };
    CHECK(choices(0) == std::string(20, '0'));
    CHECK(choices(7) == choices(7));
    CHECK(choices(7) != choices(8));
    CHECK(choices(7).find('1') != std::string::npos);
    CHECK(choices(7).find('0') != std::string::npos);
}

TEST_CASE("select: waits at all, and whoever comes first wins and the others are left untouched") {
    Simulated run([](Words& said) {
        co::Channel<int> a(1), b(1);
        co::go([&] { co::sleep(10ms), static_cast<void>(b.push(7)); });
        auto won = co::select(a.on_pop([&](int) { said.push_back("a"); }),
                              b.on_pop([&](int v) { said.push_back("b" + std::to_string(v)); }), 1s);
        CHECK(won == 1);
        CHECK(a.stats().consumers == 0);
        CHECK(b.stats().consumers == 0);
        CHECK(co::now().time_since_epoch() == 10ms);
    });
    CHECK(run.said == Words{"b7"});
}

TEST_CASE("select: the deadline is the last position, and zero does not wait") {
    Simulated run([](Words&) {
        co::Channel<int> a(1);
        CHECK(co::select(a.on_pop([](int) {}), 50ms) == 1);
        CHECK(co::now().time_since_epoch() == 50ms);
        CHECK(co::select(a.on_pop([](int) {}), 0ms) == 1);
    });
    CHECK(run.ended_at == 50ms);
}

TEST_CASE("select: a push case waits for a seat, and its value arrives once") {
    Simulated run([](Words& said) {
        co::Channel<std::string> full(1), never(1);
        static_cast<void>(full.push("first"));
        co::go([&] {
            co::sleep(5ms);
            for (int i = 0; i < 2; ++i) said.push_back(*full.pop());
        });
        CHECK(co::select(never.on_pop([](std::string) {}), full.on_push("second", [&] { said.push_back("pushed"); })) ==
              1);
        co::sleep(10ms);
        CHECK(full.is_empty());
    });
    CHECK(run.said == Words{"first", "second", "pushed"});
}

TEST_CASE("select: a closed channel can go on, and says so to a handler that asks") {
    Simulated run([](Words& said) {
        co::Channel<int> a(1), b(1);
        co::go([&] { co::sleep(5ms), a.close(); });
        CHECK(co::select(b.on_pop([](int) {}),
                         a.on_pop([&](co::Popped<int> popped) { said.emplace_back(co::name(popped.status())); })) == 1);
        CHECK(co::select(a.on_pop([&](int) { said.push_back("not called"); })) == 0);
        CHECK(co::select(a.on_push(1, [&](co::ChannelStatus status) { said.emplace_back(co::name(status)); })) == 0);
    });
    CHECK(run.said == Words{"closed", "closed"});
}
