#include <doctest/doctest.h>

#include <memory>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {
std::string word(const co::Popped<int>& popped) {
    return popped ? std::to_string(*popped) : std::string(co::name(popped.status()));
}
/// The answer, and when it came.
std::string timed(const co::Popped<int>& popped) {
    return word(popped) + " at " + std::to_string(co::now().time_since_epoch() / 1ms);
}
}  // namespace

TEST_CASE("pop_timeout: an empty pop(1 s) says timeout after 1 s") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        said.push_back(word(channel.pop(1s)));
        CHECK(co::now().time_since_epoch() == 1s);
        CHECK(channel.stats().consumers == 0);
    });
    CHECK(run.said == Words{"timeout"});
}

TEST_CASE("pop_timeout: a push at 0.5 s wins, no reason is left behind, nobody is woken twice") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        co::go([&] { co::sleep(500ms), static_cast<void>(channel.push(7)); });
        said.push_back(timed(channel.pop(1s)));
        said.push_back(timed(channel.pop(2s)));
        said.push_back(timed(channel.pop(0s)));
    });
    CHECK(run.said == Words{"7 at 500", "timeout at 2500", "timeout at 2500"});
    CHECK(run.ended_at == 2500ms);
}

TEST_CASE("push timeout: a producer that gave up leaves no value behind") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        CHECK(channel.push(1) == co::ChannelStatus::ok);
        said.push_back(std::string(co::name(channel.push(2, 100ms))));
        said.push_back(std::string(co::name(channel.push(3, 0ms))));
        CHECK(channel.stats().producers == 0);
        said.push_back(word(channel.pop()));
        said.push_back(word(channel.pop(1ms)));
    });
    CHECK(run.said == Words{"timeout", "timeout", "1", "timeout"});
}

TEST_CASE(
    "closed: push and pop on a closed channel fail at once with closed, and what has a seat still drains in order") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(2);
        static_cast<void>(channel.push(1));
        static_cast<void>(channel.push(2));
        co::go([&] { said.push_back("parked producer: " + std::string(co::name(channel.push(3)))); });
        channel.close();
        channel.close();
        said.push_back("push: " + std::string(co::name(channel.push(4))));
        for (int i = 0; i < 3; ++i) said.push_back(word(channel.pop()));
    });
    CHECK(run.said == Words{"push: closed", "1", "2", "closed", "parked producer: closed"});
    CHECK(run.ended_at == 0ms);
}

TEST_CASE("closed: a parked consumer gets closed, which is not timeout") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        co::go([&] { said.push_back(word(channel.pop(1s))); });
        co::sleep(10ms);
        channel.close();
    });
    CHECK(run.said == Words{"closed"});
    CHECK(run.ended_at == 10ms);
}

TEST_CASE("zero_capacity: capacity 0 acts as 1") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(0);
        CHECK(channel.capacity() == 1);
        CHECK(channel.push(1, 0s) == co::ChannelStatus::ok);
        CHECK(channel.is_full());
        CHECK(channel.push(2, 0s) == co::ChannelStatus::timeout);
        said.push_back(word(channel.pop()));
        CHECK(channel.is_empty());
    });
    CHECK(run.said == Words{"1"});
}

TEST_CASE("handover: the value is in the waiting consumer's hands at once, and the pusher goes on") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        co::go([&] { said.push_back("first got " + word(channel.pop())); });
        static_cast<void>(channel.push(1));
        said.push_back("pusher goes on");
        said.push_back("a later pop gets " + word(channel.pop(0s)));
    });
    CHECK(run.said == Words{"pusher goes on", "a later pop gets timeout", "first got 1"});
}

TEST_CASE("handover: a buffer of 128 fills before the consumer is switched to") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(128);
        co::go([&] {
            static_cast<void>(channel.pop());
            said.push_back("consumer finds " + std::to_string(channel.length()));
        });
        for (int i = 0; i < 129; ++i) static_cast<void>(channel.push(i));
        said.push_back("pushed all");
        co::sleep(1ms);  // the channel must outlive its consumer
    });
    CHECK(run.said == Words{"pushed all", "consumer finds 128"});
}

TEST_CASE("fifo: waiting consumers are served first come, first served") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        for (const char* name : {"a", "b", "c"}) co::go([&, name] { said.push_back(name + word(channel.pop())); });
        for (int i = 1; i <= 3; ++i) static_cast<void>(channel.push(i));
    });
    CHECK(run.said == Words{"a1", "b2", "c3"});
}

TEST_CASE("fifo: a buffered value is never overtaken and a parked producer keeps its place") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        for (int i = 1; i <= 3; ++i) co::go([&, i] { static_cast<void>(channel.push(i)); });
        CHECK(channel.stats().producers == 2);
        co::go([&] { static_cast<void>(channel.push(4)); });
        for (int i = 0; i < 4; ++i) said.push_back(word(channel.pop()));
    });
    CHECK(run.said == Words{"1", "2", "3", "4"});
}

TEST_CASE("channel: values may be movable only") {
    Simulated run([](Words& said) {
        co::Channel<std::unique_ptr<int>> channel(1);
        co::go([&] {
            static_cast<void>(channel.push(std::make_unique<int>(1)));
            static_cast<void>(channel.push(std::make_unique<int>(2)));
        });
        said.push_back(std::to_string(**channel.pop()));
        said.push_back(std::to_string(**channel.pop()));
    });
    CHECK(run.said == Words{"1", "2"});
}

TEST_CASE("channel: destroying one wakes those that wait in it with closed") {
    Simulated run([](Words& said) {
        auto channel = std::make_unique<co::Channel<int>>(1);
        co::go([&] { said.push_back(word(channel->pop())); });
        channel.reset();
    });
    CHECK(run.said == Words{"closed"});
}
