// boost_fiber: the same work in Boost.Fiber, with its default scheduler and stacks.
#include <boost/fiber/all.hpp>
#include <vector>

#include "bench/contest/contest.h"

namespace {

using namespace co::bench;
namespace fibers = boost::fibers;

void switches_by_yield() {
    fibers::fiber other(fibers::launch::dispatch, [] {
        for (std::size_t i = 0; i < switches / 2; ++i) boost::this_fiber::yield();
    });
    report_each("switch", switches, [] {
        for (std::size_t i = 0; i < switches / 2; ++i) boost::this_fiber::yield();
    });
    other.join();
}

void spawn_run_end() {
    report_each("spawn", spawns, [] {
        for (std::size_t i = 0; i < spawns; ++i) fibers::fiber(fibers::launch::dispatch, [] {}).join();
    });
}

void park_many() {
    fibers::unbuffered_channel<int> bell;
    std::vector<fibers::fiber> waiting;
    waiting.reserve(parked);
    report_parked(parked, [&] {
        for (std::size_t i = 0; i < parked; ++i)
            waiting.emplace_back(fibers::launch::dispatch, [&] {
                int value = 0;
                bell.pop(value);
            });
    });
    bell.close();
    for (fibers::fiber& fiber : waiting) fiber.join();
}

/// Its unbuffered channel is slower: a producer waits there until its value has been taken.
void ping_pong() {
    fibers::buffered_channel<std::size_t> pings(2);
    fibers::buffered_channel<std::size_t> pongs(2);
    fibers::fiber other(fibers::launch::dispatch, [&] {
        std::size_t ping = 0;
        while (pings.pop(ping) == fibers::channel_op_status::success) pongs.push(ping);
    });
    report_each("ping-pong", messages, [&] {
        std::size_t pong = 0;
        for (std::size_t i = 0; i < messages / 2; ++i) {
            pings.push(i);
            pongs.pop(pong);
        }
    });
    pings.close();
    other.join();
}

void buffered_channel() {
    fibers::buffered_channel<std::size_t> seats(buffer);
    fibers::fiber producer(fibers::launch::dispatch, [&] {
        for (std::size_t i = 0; i < items; ++i) seats.push(i);
    });
    report_each("buffered", items, [&] {
        std::size_t value = 0;
        for (std::size_t i = 0; i < items; ++i) seats.pop(value);
    });
    producer.join();
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"switch", switches_by_yield},
                    {"spawn", spawn_run_end},
                    {"parked", park_many},
                    {"ping-pong", ping_pong},
                    {"buffered", buffered_channel}});
}
