// Streams, listeners and datagram sockets of coroutines, on the simulated machine.
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/stream.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {
const co::Address any_port = co::Address::ip4(127, 0, 0, 1, 0);
}

TEST_CASE("net: an echo server and three clients, each in a coroutine of its own") {
    Simulated run([](Words& said) {
        auto door = *co::Listener::open(any_port);
        auto address = *door.local_address();
        co::go([&, listener = std::move(door)]() mutable {
            for (int i = 0; i < 3; ++i) {
                co::go([stream = *listener.accept()]() mutable {
                    while (auto bytes = stream.read_some()) {
                        if (bytes->empty()) return;
                        if (!stream.write_all(*bytes)) return;
                    }
                });
            }
        });
        for (const char* word : {"one", "two", "three"}) {
            auto stream = *co::Stream::connect(address, 1s);
            CHECK(stream.write_all(word));
            said.push_back(*stream.read_some(1s));
        }
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"one", "two", "three"});
}
