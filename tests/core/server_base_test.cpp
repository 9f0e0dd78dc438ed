// A server in BASE mode: one process that owns its connections.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include <co/blocking.h>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// One worker that is the whole server.
ServerSettings alone(Framing framing = {}) { return {.mode = ServerMode::base, .framing = std::move(framing)}; }

}  // namespace

SERVER_TEST("a client connects, is answered and leaves, and the events come in their order") {
    Served served;
    served.server.set(alone());
    served.server.on_connect([&](Connection from) { served.say("connect " + std::to_string(from.fd())); });
    served.server.on_receive([&](Connection from, std::string_view packet) {
        served.say("receive " + std::string(packet));
        CHECK(bool(from.send("you said " + std::string(packet))));
    });
    served.server.on_close([&](Connection from) { served.say("close " + std::to_string(from.fd())); });
    served.server.events().shutdown = [&] { served.say("shutdown"); };
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("hello");
        CHECK(visitor.hear() == "you said hello");
        visitor.close();
        served.await_said(3);
    });
    CHECK(served.said == Words{"connect 1", "receive hello", "close 1", "shutdown"});
    CHECK(served.exit_code == 0);
    CHECK(served.log.empty());
}

SERVER_TEST("a handler that waits holds up nobody else") {
    Served served;
    served.server.set(alone(framing::eof("\n")));
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "slow\n") co::sleep(100ms);
        from.send(line);
    });
    served.visit([&] {
        Visitor slow = served.connect();
        Visitor fast = served.connect();
        slow.say("slow\n");
        fast.say("fast\n");
        const TimePoint start = co::now();
        CHECK(fast.hear() == "fast\n");
        if (is_simulated) CHECK(co::now() - start < 100ms);
        CHECK(slow.hear() == "slow\n");
        CHECK(co::now() - start >= 100ms);
    });
}

SERVER_TEST("eof_coalesced: many records in one segment arrive one by one") {
    Served served;
    served.server.set(alone(framing::eof("\r\n")));
    served.server.on_receive([&](Connection, std::string_view line) { served.say(line); });
    served.visit([&] {
        Visitor visitor = served.connect();
        std::string records;
        for (int i = 0; i < 100; ++i) records += std::to_string(i) + "\r\n";
        visitor.say(records);
        served.await_said(100);
    });
    REQUIRE(served.said.size() == 100);
    for (std::size_t i = 0; i < 100; ++i) CHECK(served.said[i] == std::to_string(i) + "\r\n");
}

SERVER_TEST("length_split: a header split over sends and an empty body are fine, and a bad length closes, logged") {
    Served served;
    served.server.set(alone(framing::length_prefix("N")));
    served.server.on_receive([&](Connection from, std::string_view packet) { from.send(packet); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say(std::string("\0\0", 2));
        co::sleep(5ms);
        visitor.say(std::string("\0\3a", 3));
        co::sleep(5ms);
        visitor.say("bc");
        CHECK(visitor.hear() == std::string("\0\0\0\3abc", 7));
        visitor.say(std::string(4, '\0'));
        CHECK(visitor.hear() == std::string(4, '\0'));
        visitor.say("\x7F\xFF\xFF\xFF");
        CHECK(visitor.hear() == "");
        Visitor negative = served.connect();
        negative.say("\xFF\xFF\xFF\xFF");
        CHECK(negative.hear() == "");
    });
    REQUIRE(served.log.size() == 1);
    CHECK(served.log[0].find("worker 0: closed connection 1 of 127.0.0.1:") == 0);
    CHECK(served.log[0].find("length is 2147483647") != std::string::npos);
}

SERVER_TEST("a connection that ends while its handlers wait leaves them to their end, and the others their turn") {
    Served served;
    served.server.set(alone(framing::eof("\n")));
    served.server.on_receive([&](Connection from, std::string_view line) {
        const std::string asked(line);
        if (line == "wait\n") co::sleep(100ms);
        served.say(from.send(line) ? "sent" : "gone");
        CHECK(line == asked);
    });
    served.visit([&] {
        for (int i = 0; i < 5; ++i) {
            Visitor leaves = served.connect();
            leaves.say("wait\nwait\n");
            if (i == 0) CHECK(leaves.hear(a_while / 20) == "nothing");
        }
        Visitor stays = served.connect();
        stays.say("now\n");
        CHECK(stays.hear() == "now\n");
        served.await_said(11);
        stays.say("again\n");
        CHECK(stays.hear() == "again\n");
    });
    CHECK(std::ranges::count(served.said, "gone") == 10);
}

SERVER_TEST("a peer that never stops sending leaves the others their turn") {
    Served served;
    served.server.set(alone({}));
    served.server.on_receive([&](Connection from, std::string_view bytes) {
        if (bytes == "?") from.send("!");
    });
    served.visit([&] {
        bool is_answered = false;
        WaitGroup flood;
        flood.add();
        co::go([&, never_stops = served.connect()]() mutable {
            while (!is_answered) {
                never_stops.say(std::string(256 * 1024, 'x'));
                co::sleep(0ms);  // a server that is faster than this would let it go on for ever
            }
            flood.done();
        });
        Visitor asks = served.connect();
        for (int i = 0; i < 20; ++i) {
            asks.say("?");
            CHECK(asks.hear(20s) == "!");
        }
        is_answered = true;
        flood.wait();
    });
}

SERVER_TEST(
    "what handlers send to each other's connections comes in the order of sending, however many asked at once") {
    Served served;
    served.server.set(alone(framing::eof("\n")));
    std::vector<Connection> everybody;
    int number = 0;
    served.server.on_connect([&](Connection from) {
        everybody.push_back(from);
        served.say("here");
    });
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "hold\n") return blocking::sleep(20ms);  // the others gather meanwhile
        const std::string news = std::to_string(++number) + '\n';
        from.send(news);
        for (Connection other : everybody)
            if (other.fd() != from.fd()) other.send(news);
    });
    served.visit([&] {
        std::vector<Visitor> visitors;
        for (int i = 0; i < 10; ++i) visitors.push_back(served.connect());
        served.await_said(10);
        for (int round = 0; round < 5; ++round) {
            visitors[0].say("hold\n");
            for (Visitor& visitor : visitors) visitor.say("ask\n");
            std::string news;
            for (int i = 1; i <= 10; ++i) news += std::to_string(round * 10 + i) + '\n';
            for (Visitor& visitor : visitors) CHECK(visitor.hear_all(news.size()) == news);
        }
    });
}

SERVER_TEST("answers that the system has no room for come when it has some, in their order") {
    constexpr int lines = is_simulated ? 1000 : 12'000;  // a thousand bytes for each are more than it takes at once
    Served served;
    served.server.set(alone(framing::eof("\n")));
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "hold\n") return blocking::sleep(20ms);
        std::string answer(line);
        answer.insert(answer.size() - 1, 1000 - answer.size(), '.');
        CHECK(bool(from.send(answer)));
    });
    served.visit([&] {
        std::string questions;
        for (int i = 0; i < lines; ++i) questions += std::to_string(i) + '\n';
        std::vector<Visitor> visitors;
        for (int i = 0; i < 2; ++i) visitors.push_back(served.connect());
        visitors[0].say("hold\n");
        for (Visitor& visitor : visitors) visitor.say(questions);
        co::sleep(a_while / 2);
        for (Visitor& visitor : visitors) {
            const std::string answers = visitor.hear_all(lines * 1000);
            REQUIRE(answers.size() == lines * 1000);
            int in_order = 0;
            for (int i = 0; i < lines; ++i)
                in_order += std::atoi(answers.c_str() + i * 1000) == i &&
                            answers[static_cast<std::size_t>(i) * 1000 + 999] == '\n';
            CHECK(in_order == lines);
        }
    });
}

SERVER_TEST("an answer does not wait for handlers behind it that take long") {
    Served served;
    served.server.set(alone(framing::eof("\n")));
    served.server.on_receive([&](Connection from, std::string_view line) {
        from.send(line);
        blocking::sleep(20ms);
        served.say("over");
    });
    served.visit([&] {
        Visitor first = served.connect();
        Visitor second = served.connect();
        Visitor third = served.connect();
        std::size_t over = 0;
        int early = 0;
        for (int round = 0; round < 10; ++round) {
            first.say("first\n");  // while it holds the thread, the others gather
            co::sleep(5ms);
            second.say("second\n");
            third.say("third\n");
            CHECK(second.hear() == "second\n");
            co::sleep(5ms);
            early += served.said.size() <= over + 1;
            over += 3;
            served.await_said(over);
            CHECK(first.hear() == "first\n");
            CHECK(third.hear() == "third\n");
        }
        CHECK(early > 0);
    });
}

SERVER_TEST("max_request: handlers that wait when their worker has served enough come to their end") {
    Served served;
    ServerSettings settings = alone(framing::eof("\n"));
    settings.workers = 2;  // with a manager, then
    settings.max_request = 3;
    served.server.set(settings);
    served.server.on_receive([&](Connection from, std::string_view line) {
        co::sleep(50ms);
        from.send(line);
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("a\nb\nc\n");
        CHECK(visitor.hear_all(6) == "a\nb\nc\n");
        served.await_starts(3);
    });
}

}  // namespace co::test
