// libuv: its timers. It has no coroutines.
#include <uv.h>

#include <vector>

#include "bench/contest/contest.h"

namespace {

using namespace co::bench;

/// From the allocation to the release, as in a program: a handle may be freed only after the loop has closed it.
void many_timers() {
    uv_loop_t loop;
    uv_loop_init(&loop);
    Delays delays;
    std::vector<uv_timer_t*> set;
    set.reserve(timers);
    report_each("timers-add", 1, [&] {
        for (std::size_t i = 0; i < timers; ++i) {
            auto* timer = new uv_timer_t;
            uv_timer_init(&loop, timer);
            uv_timer_start(
                timer, [](uv_timer_t*) {}, static_cast<std::uint64_t>(delays.next().count()), 0);
            set.push_back(timer);
        }
    });
    report_each("timers-cancel", 1, [&] {
        for (uv_timer_t* timer : set)
            uv_close(reinterpret_cast<uv_handle_t*>(timer),
                     [](uv_handle_t* closed) { delete reinterpret_cast<uv_timer_t*>(closed); });
        uv_run(&loop, UV_RUN_NOWAIT);
    });
    uv_loop_close(&loop);
}

}  // namespace

int main(int argc, char** argv) { return contest(argc, argv, {{"timers", many_timers}}); }
