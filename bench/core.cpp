// core: costudio's own figures, on the real machine's kernel.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <co/atomic.h>
#include <co/channel.h>
#include <co/coroutine.h>
#include <co/linux_kernel.h>
#include <co/table.h>
#include <co/timer.h>

#include "bench/contest/contest.h"

namespace {

using namespace co::bench;

void in_scheduler(co::Callable body) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel, {.max_coroutines = parked + 2});
    const co::RunReport report = scheduler.run(std::move(body));
    if (report.ok()) return;
    std::fputs(report.text().c_str(), stderr);
    std::exit(1);
}

/// One way each: two coroutines that let each other run, through the ready queue.
void switches_by_queue() {
    in_scheduler([] {
        co::go([] {
            for (std::size_t i = 0; i < switches / 2; ++i) co::sleep(co::Duration::zero());
        });
        report_each("switch", switches, [] {
            for (std::size_t i = 0; i < switches / 2; ++i) co::sleep(co::Duration::zero());
        });
    });
}

/// One way each: resume() there, yield() back.
void switches_by_resume() {
    in_scheduler([] {
        const co::CoroutineId other = co::go([] {
            for (std::size_t i = 0; i < switches / 2; ++i) co::yield();
        });
        report_each("resume", switches, [&] {
            for (std::size_t i = 0; i < switches / 2; ++i) co::resume(other);
        });
    });
}

void both_switches() {
    switches_by_queue();
    switches_by_resume();
}

void spawn_run_end() {
    in_scheduler([] {
        report_each("spawn", spawns, [] {
            for (std::size_t i = 0; i < spawns; ++i) co::go([] {});
        });
    });
}

void park_many() {
    in_scheduler([] {
        co::Channel<int> bell;
        report_parked(parked, [&] {
            for (std::size_t i = 0; i < parked; ++i) co::go([&] { (void)bell.pop(); });
        });
        bell.close();
        co::sleep(co::Duration::zero());  // they all end before the channel goes
    });
}

/// A value there and one back are two messages, each of them a push, a switch and a pop.
void ping_pong() {
    in_scheduler([] {
        co::Channel<std::size_t> pings;
        co::Channel<std::size_t> pongs;
        co::go([&] {
            while (auto ping = pings.pop()) (void)pongs.push(*ping);
        });
        report_each("ping-pong", messages, [&] {
            for (std::size_t i = 0; i < messages / 2; ++i) {
                (void)pings.push(i);
                (void)pongs.pop();
            }
        });
        pings.close();
        co::sleep(co::Duration::zero());  // the other one sees it and ends
    });
}

void buffered_channel() {
    in_scheduler([] {
        co::Channel<std::size_t> seats(buffer);
        co::go([&] {
            for (std::size_t i = 0; i < items; ++i) (void)seats.push(i);
        });
        report_each("buffered", items, [&] {
            for (std::size_t i = 0; i < items; ++i) (void)seats.pop();
        });
    });
}

void many_timers() {
    in_scheduler([] {
        Delays delays;
        std::vector<co::TimerId> set;
        set.reserve(timers);
        report_each("timers-add", 1, [&] {
            for (std::size_t i = 0; i < timers; ++i) set.push_back(co::timer::after(delays.next(), [] {}));
        });
        report_each("timers-cancel", 1, [&] {
            for (co::TimerId id : set) co::timer::clear(id);
        });
    });
}

void shared_table() {
    in_scheduler([] {
        co::Table table(rows, {{"visits"}, {"name", co::ColumnType::text, 16}});
        const co::ColumnId visits = table.column("visits"), name = table.column("name");
        const std::vector<std::string> keys = keys_of_rows();
        report_each("table-set", calls, [&] {
            use_in_turn(keys, [&](const std::string& key, std::size_t n) {
                table.set(key, {{visits, static_cast<std::int64_t>(n)}, {name, "Annabell"}});
            });
        });
        co::TableRow row(table.shape());
        std::size_t found = 0;
        report_each("table-get", calls, [&] {
            use_in_turn(keys, [&](const std::string& key, std::size_t) { found += table.get(key, row); });
        });
        if (found != calls) std::exit(1);
    });
}

void shared_number() {
    in_scheduler([] {
        co::Atomic number;
        report_each("atomic-add", calls, [&] {
            for (std::size_t i = 0; i < calls; ++i) number.add();
        });
    });
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"switch", both_switches},
                    {"spawn", spawn_run_end},
                    {"parked", park_many},
                    {"ping-pong", ping_pong},
                    {"buffered", buffered_channel},
                    {"timers", many_timers},
                    {"table", shared_table},
                    {"atomic", shared_number}});
}
