// What a switch costs: bare, and with a scheduler, a channel or a new coroutine around it. The first is the peer that
// the others are compared with: what the machine itself takes.
#include <benchmark/benchmark.h>

#include <co/channel.h>
#include <co/coroutine.h>
#include <co/sim_kernel.h>

#include "core/coroutine/context.h"

namespace {

constexpr std::size_t stack_bytes = 256 * 1024;

// Runs `body` as the main coroutine of a fresh scheduler; a failure in it ends the benchmark with its report.
void in_scheduler(benchmark::State& state, co::Callable body) {
    co::SimKernel kernel;
    co::Scheduler scheduler(kernel);
    const co::RunReport report = scheduler.run(std::move(body));
    if (!report.ok()) state.SkipWithError(report.text().c_str());
}

struct Pair {
    co::Context here;
    co::Context there;
};

void switch_back_for_ever(void* argument) {
    Pair& pair = *static_cast<Pair*>(argument);
    for (;;) co::switch_context(pair.there, pair.here);
}

// Two switches: there and back.
void context_round_trip(benchmark::State& state) {
    Pair pair;
    co::StackPool stacks(stack_bytes);
    const co::Stack stack = stacks.take();
    co::make_context(pair.there, stack, switch_back_for_ever, &pair);
    for ([[maybe_unused]] auto lap : state) co::switch_context(pair.here, pair.there);
    co::destroy_context(pair.there);
    co::destroy_context(pair.here);
    stacks.give_back(stack);
    state.SetLabel(co::context_back_end());
}
BENCHMARK(context_round_trip);

// The same through the scheduler.
void resume_and_yield(benchmark::State& state) {
    in_scheduler(state, [&state] {
        bool over = false;
        const co::CoroutineId child = co::go([&over] {
            while (!over) co::yield();
        });
        for ([[maybe_unused]] auto lap : state) co::resume(child);
        over = true;
        co::resume(child);
    });
}
BENCHMARK(resume_and_yield);

// The same through the ready queue.
void sleep_zero(benchmark::State& state) {
    bool over = false;  // outlives the main coroutine, which ends first
    in_scheduler(state, [&state, &over] {
        co::go([&over] {
            while (!over) co::sleep(co::Duration::zero());
        });
        for ([[maybe_unused]] auto lap : state) co::sleep(co::Duration::zero());
        over = true;
    });
}
BENCHMARK(sleep_zero);

// A value there and a value back, over two channels: both coroutines park at each.
void channel_ping_pong(benchmark::State& state) {
    in_scheduler(state, [&state] {
        co::Channel<int> pings(1);
        co::Channel<int> pongs(1);
        co::go([&] {
            while (auto ping = pings.pop()) (void)pongs.push(*ping);
        });
        for ([[maybe_unused]] auto lap : state) {
            (void)pings.push(1);
            benchmark::DoNotOptimize(pongs.pop());
        }
        pings.close();
        co::sleep(co::Duration::zero());  // the other one sees it and ends
    });
}
BENCHMARK(channel_ping_pong);

// A coroutine from its start to its end, on a stack that another has left.
void go_and_end(benchmark::State& state) {
    in_scheduler(state, [&state] {
        for ([[maybe_unused]] auto lap : state) co::go([] {});
    });
}
BENCHMARK(go_and_end);

}  // namespace

BENCHMARK_MAIN();
