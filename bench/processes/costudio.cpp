// costudio: a server's worker and its task worker; a Table that two processes use at once.
#include <atomic>
#include <functional>
#include <string>

#include <co/coroutine.h>
#include <co/linux_kernel.h>
#include <co/scheduler.h>
#include <co/server.h>
#include <co/shared_memory.h>
#include <co/table.h>
#include <co/wait_group.h>

#include "bench/processes/pair.h"
#include "bench/processes/two_at_once.h"

namespace {

using namespace co::bench;

/// Runs `measure` in the worker of a server whose one task worker gives back what it gets.
void in_worker(const Places& places, std::function<void(co::Server&)> measure,
               std::function<void(co::Server&)> on_finish = {}) {
    co::Server server("127.0.0.1", 0);
    server.set({.mode = co::ServerMode::base, .workers = 1, .task_workers = 1});
    server.on_receive([](co::Connection, std::string_view) {});
    server.on_task([](co::Task& task) { task.finish(task.data()); });
    if (on_finish) server.on_finish([&](const co::TaskResult&) { on_finish(server); });
    server.events().worker_start = [&](std::uint32_t worker) {
        places.take(worker);
        if (worker == 0) co::go([&] { measure(server); });
    };
    if (server.start() != 0) std::exit(1);
}

std::vector<pid_t> both(const co::Server& server) {
    return {getpid(), static_cast<pid_t>(server.stats().workers.at(1).process)};
}

void tasks(const Exchange& how) {
    const Places places(how.cores);
    const std::string data(task_bytes, 'x');
    std::size_t finished = 0;
    std::optional<Stopwatch> watch;
    const auto give = [&](co::Server& server) {
        if (!server.task(data)) std::exit(1);
    };
    in_worker(
        places,
        [&](co::Server& server) {
            for (std::size_t i = 0; i < how.at_once; ++i) give(server);
        },
        [&](co::Server& server) {
            ++finished;
            if (finished == warm_up_tasks) watch.emplace(both(server));
            if (finished == warm_up_tasks + how.in_all) {
                watch->report(how);
                server.shutdown();
            } else if (finished < warm_up_tasks + how.in_all) {
                give(server);
            }
        });
}

void waits(const Exchange& how) {
    const Places places(how.cores);
    in_worker(places, [&](co::Server& server) {
        const std::string data(task_bytes, 'x');
        const auto wait = [&](std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
                if (!server.task_wait(data, co::forever)) std::exit(1);
        };
        wait(warm_up_tasks / 10);
        const Stopwatch watch(both(server));
        wait(how.in_all);
        watch.report(how);
        server.shutdown();
    });
}

/// So many coroutines at once, each of which waits for one task after the other.
void many_wait() {
    const Places places(2);
    in_worker(places, [](co::Server& server) {
        const std::string data(task_bytes, 'x');
        const auto wait = [&](std::size_t count) {
            co::WaitGroup group;
            for (std::size_t i = 0; i < tasks_at_once; ++i) {
                group.add();
                co::go([&] {
                    for (std::size_t n = 0; n < count / tasks_at_once; ++n)
                        if (!server.task_wait(data, co::forever)) std::exit(1);
                    group.done();
                });
            }
            group.wait();
        };
        wait(warm_up_tasks);
        const Stopwatch watch(both(server));
        wait(tasks_in_all);
        watch.report("wait-many", "", tasks_in_all);
        server.shutdown();
    });
}

void table_of_two() {
    co::LinuxKernel kernel;
    co::Table table(kernel, 2 * rows, {{"visits"}, {"name", co::ColumnType::text, 16}});
    const co::ColumnId visits = table.column("visits"), name = table.column("name");
    // Each process has a kernel of its own, as those of a server have.
    const auto in_process = [](auto body) {
        co::LinuxKernel own;
        co::Scheduler(own).run([&] { body(); });
    };
    const auto set = [&](const std::string& key, std::size_t n) {
        table.set(key, {{visits, static_cast<std::int64_t>(n)}, {name, "Annabell"}});
    };
    co::TableRow row(table.shape());
    const auto get = [&](const std::string& key, std::size_t) {
        if (!table.get(key, row)) std::exit(1);
    };
    two_at_once(in_process, {{"table-set-two", [&](const auto& keys) { use_in_turn(keys, set); }},
                             {"table-get-two", [&](const auto& keys) { use_in_turn(keys, get); }}});
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"tasks-two", [] { tasks(tasks_on_two); }},
                    {"tasks-one", [] { tasks(tasks_on_one); }},
                    {"wait-many", many_wait},
                    {"wait-two", [] { waits(waits_on_two); }},
                    {"wait-one", [] { waits(waits_on_one); }},
                    {"table-two", table_of_two}});
}
