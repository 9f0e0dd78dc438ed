// A server in PROCESS mode: reactor threads own the connections, worker processes run the events.
#include <algorithm>
#include <map>
#include <set>

#include "tests/core/served.h"

namespace co::test {
namespace {

std::int32_t pid(ProcessId process) { return static_cast<std::int32_t>(process); }

/// Asks `count` times on one connection each, and returns what came back.
Words ask_each(Served& served, int count, const std::string& question) {
    Words answers;
    for (int i = 0; i < count; ++i) {
        Visitor visitor = served.connect();
        visitor.say(question);
        answers.push_back(visitor.hear());
        visitor.close();
    }
    return answers;
}

/// Every worker answers with its process, and the number of its worker.
void answer_with_worker(Served& served) {
    served.server.on_receive([&](Connection from, std::string_view) {
        // Its own number, not the one in stats(): the manager may not have come to writing that down.
        const ProcessId self = Scheduler::current().kernel().process_id();
        from.send(std::to_string(*served.server.worker_id()) + ' ' + std::to_string(pid(self)));
    });
}

}  // namespace

SERVER_TEST("what an event keeps inside of itself is each process's own, as after fork()") {
    Served served;
    served.server.set({.workers = 2, .dispatch = DispatchPolicy::round_robin});
    served.server.on_receive([count = 0](Connection from, std::string_view) mutable {
        count = count + 1;
        from.send(std::to_string(count));
    });
    served.visit([&] { CHECK(ask_each(served, 4, "?") == Words{"1", "1", "2", "2"}); });
}

SERVER_TEST("in PROCESS mode a request goes through a reactor to a worker and back") {
    Served served;
    served.server.set({.reactors = 2, .workers = 2});
    served.server.events().manager_start = [&] { served.say("manager_start"); };
    served.server.events().worker_start = [&](std::uint32_t id) { served.say("worker_start " + std::to_string(id)); };
    served.server.on_connect([&](Connection) { served.say("connect"); });
    served.server.on_receive([&](Connection from, std::string_view packet) {
        served.say("receive");
        from.send("you said " + std::string(packet));
    });
    served.server.on_close([&](Connection) { served.say("close"); });
    served.server.events().worker_stop = [&](std::uint32_t id) { served.say("worker_stop " + std::to_string(id)); };
    served.server.events().manager_stop = [&] { served.say("manager_stop"); };
    served.server.events().shutdown = [&] { served.say("shutdown"); };
    served.visit([&] {
        served.await_said(3);
        Visitor visitor = served.connect();
        visitor.say("hello");
        CHECK(visitor.hear() == "you said hello");
        visitor.close();
        served.await_said(6);
    });
    if (!is_simulated) {  // two workers do not wait for each other
        std::sort(served.said.begin() + 1, served.said.begin() + 3);
        std::sort(served.said.begin() + 6, served.said.begin() + 8);
    }
    CHECK(served.said == Words{"manager_start", "worker_start 0", "worker_start 1", "connect", "receive", "close",
                               "worker_stop 0", "worker_stop 1", "manager_stop", "shutdown"});
    if (is_simulated) CHECK(served.count(trace::EventKind::framed) == 1);
    if (is_simulated) CHECK(served.count(trace::EventKind::dispatched) == 1);
    CHECK(served.log.empty());
}

SERVER_TEST("max_request: a worker serves exactly N requests and is replaced, and nothing is lost") {
    Served served;
    served.server.set({.workers = 1, .max_request = 5});
    answer_with_worker(served);
    std::map<std::string, int> answers;
    served.visit([&] {
        for (const std::string& answer : ask_each(served, 20, "?")) ++answers[answer];
        served.await_starts(5);
    });
    CHECK(answers.size() == 4);
    for (const auto& [worker, count] : answers) {
        CHECK(worker.starts_with("0 "));
        CHECK(count == 5);
    }
    CHECK(served.starts == 5);
}

SERVER_TEST("max_request: requests that came all at once outlive the workers that did not get to them") {
    Served served;
    served.server.set(
        {.workers = 2, .dispatch = DispatchPolicy::round_robin, .framing = framing::eof("\n"), .max_request = 3});
    served.server.on_receive([&](Connection from, std::string_view line) { from.send(line); });
    std::multiset<std::string> sent;
    std::multiset<std::string> received;
    served.visit([&] {
        Visitor visitor = served.connect();
        std::string all;
        for (int i = 0; i < 60; ++i) {
            sent.insert(std::to_string(i));
            all += std::to_string(i) + '\n';
        }
        visitor.say(all);
        std::string line;
        for (char byte : visitor.hear_all(all.size())) {
            if (byte == '\n')
                received.insert(std::exchange(line, ""));
            else
                line += byte;
        }
    });
    CHECK(received == sent);
    CHECK(served.starts >= 20);
}

SERVER_TEST("max_request: who leaves by itself has not died, and nobody is killed in its place") {
    for (std::uint64_t seed = 0; seed < (is_simulated ? 8u : 1u); ++seed) {
        CAPTURE(seed);
        Served served(seed);
        served.server.set({.workers = 1, .task_workers = 1, .max_request = 1, .task_max_request = 1});
        served.server.events().worker_error = [&](const WorkerEnd& end) {
            served.say("worker " + std::to_string(end.worker) + " died");
        };
        served.server.on_task([](Task& task) { task.finish(task.data()); });
        served.server.on_receive([&](Connection from, std::string_view line) {
            from.send(*served.server.task_wait(std::string(line), 5s));
        });
        served.visit([&] {
            CHECK(ask_each(served, 4, "?") == Words{"?", "?", "?", "?"});
            served.await_starts(2 * 5);
            if (is_simulated) co::sleep(10s);  // longer than max_wait_time
        });
        CHECK(served.said == Words{});
        CHECK(served.log == Words{});
        CHECK(served.starts == 2 * 5);
    }
}

SERVER_TEST("reload_async: a coroutine that is running finishes its steps before its worker is replaced") {
    Served served;
    served.server.set({.workers = 2});
    served.server.on_receive([&](Connection from, std::string_view) {
        served.say("begun");
        for (int step = 1; step <= 3; ++step) {
            co::sleep(100ms);
            from.send("step " + std::to_string(step) + ';');
        }
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("go");
        served.await_said(1);
        served.signal(Signal::user1);
        CHECK(visitor.hear_all(21) == "step 1;step 2;step 3;");
        served.await_starts(4);
        visitor.say("go");
        CHECK(visitor.hear_all(21) == "step 1;step 2;step 3;");
    });
    CHECK(served.starts == 4);
    CHECK(served.log.empty());
}

SERVER_TEST("force_reload: a worker stuck past max_wait_time is killed and replaced, and the start count doubles") {
    Served served;
    served.server.set({.workers = 2, .max_wait_time = 500ms});
    served.server.on_receive([&](Connection, std::string_view) {
        served.say("stuck");
        co::sleep(3600s);
    });
    served.visit([&] {
        Visitor first = served.connect();
        Visitor second = served.connect();
        first.say("stuck");
        second.say("stuck");
        served.await_said(2);
        served.signal(Signal::user1);
        CHECK(first.hear() == "reset");
        CHECK(second.hear() == "reset");
        served.await_starts(4);
    });
    CHECK(served.starts == 4);
}

SERVER_TEST("dispatch: slow workers get fewer packets by the idle policy") {
    Served served;
    served.server.set({.workers = 2, .dispatch = DispatchPolicy::by_idle, .framing = framing::eof("\n")});
    served.server.on_receive([&](Connection from, std::string_view line) {
        const std::uint32_t worker = *served.server.worker_id();
        served.say(std::to_string(worker));
        co::sleep(worker == 0 ? 100ms : 10ms);
        from.send(line);
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        for (int i = 0; i < 50; ++i) {
            visitor.say("x\n");
            co::sleep(10ms);
        }
        visitor.hear_all(100);
    });
    const auto slow = std::ranges::count(served.said, "0");
    CHECK(served.said.size() == 50);
    CHECK(slow * 2 < 50 - slow);
}

SERVER_TEST("dispatch: round robin is exactly even, and by connection one meets the same worker always") {
    auto workers_of = [](DispatchPolicy policy) {
        Served served;
        served.server.set({.workers = 4, .dispatch = policy, .framing = framing::eof("\n")});
        served.server.on_receive(
            [&](Connection from, std::string_view) { from.send(std::to_string(*served.server.worker_id())); });
        std::map<char, int> counts;
        served.visit([&] {
            Visitor visitor = served.connect();
            for (int i = 0; i < 40; ++i) {
                visitor.say("x\n");
                ++counts[visitor.hear().front()];
            }
        });
        return counts;
    };
    CHECK(workers_of(DispatchPolicy::round_robin) == std::map<char, int>{{'0', 10}, {'1', 10}, {'2', 10}, {'3', 10}});
    CHECK(workers_of(DispatchPolicy::by_connection) == std::map<char, int>{{'1', 40}});
}

SERVER_TEST("a killed worker loses only its own request") {
    Served served;
    served.server.set({.workers = 2, .framing = framing::eof("\n")});
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "lost\n") {
            served.say("begun");
            co::sleep(3600s);
        }
        co::sleep(50ms);
        from.send(line);
    });
    served.visit([&] {
        served.await_starts(2);
        Visitor lost = served.connect();   // session 1: worker 1
        Visitor other = served.connect();  // session 2: worker 0
        Visitor later = served.connect();  // session 3: worker 1
        lost.say("lost\n");
        other.say("other\n");
        served.await_said(1);
        CHECK(bool(served.kernel->send_signal(served.process_of(1), Signal::kill)));
        CHECK(lost.hear() == "reset");
        CHECK(other.hear() == "other\n");
        later.say("later\n");
        CHECK(later.hear() == "later\n");
    });
    CHECK(served.starts == 3);
    CHECK(served.log.size() == 2);
}

SERVER_TEST("send_message reaches the other workers") {
    Served served;
    served.server.set({.workers = 2});
    served.server.events().pipe_message = [&](std::uint32_t from, std::string_view data) {
        served.say(std::to_string(from) + " to " + std::to_string(*served.server.worker_id()) + ": " +
                   std::string(data));
    };
    served.server.on_receive([&](Connection from, std::string_view packet) {
        CHECK(bool(served.server.send_message(std::string(packet), 0)));
        CHECK(served.server.send_message("", 9).error() == ServerError::no_such_worker);
        from.send("sent");
    });
    served.visit([&] {
        CHECK(ask_each(served, 1, "hello") == Words{"sent"});
        served.await_said(1);
    });
    CHECK(served.said == Words{"1 to 0: hello"});
}

SERVER_TEST("the same seed gives the same history, event for event") {
    if (!is_simulated) return;  // a real machine has no seed
    auto hash = [](std::uint64_t seed) {
        Served served(seed);
        served.server.set({.reactors = 2, .workers = 2, .framing = framing::eof("\n"), .max_request = 4});
        served.server.on_receive([&](Connection from, std::string_view line) { from.send(line); });
        served.visit([&] {
            for (int round = 0; round < 10; ++round) {
                Visitor visitor = served.connect();
                visitor.say("a\nb\n");
                CHECK(visitor.hear_all(4).size() == 4);
            }
        });
        return trace::hash(served.trace);
    };
    CHECK(hash(0) == hash(0));
    for (std::uint64_t seed = 1; seed <= 5; ++seed) CHECK(hash(seed) == hash(seed));
    CHECK(hash(1) != hash(2));
}

SERVER_TEST("run_processes_by gives each process events of its own") {
    Served served;
    served.server.set({.workers = 2, .dispatch = DispatchPolicy::round_robin});
    served.server.run_processes_by(
        [&](Kernel& own, const SchedulerOptions& options, const std::string& name, const ServerMain& main) {
            int count = 0;  // of this process alone
            ServerEvents events;
            events.receive = [&](Connection from, std::string_view) { from.send(std::to_string(++count)); };
            Scheduler scheduler(own, options);
            auto tell_and_run = [&] {
                served.say(name);
                main(events);
            };
            scheduler.run(tell_and_run, name);
        });
    std::string heard;
    served.visit([&] {
        Visitor visitor = served.connect();
        for (int question = 0; question < 4; ++question) {
            visitor.say("?");
            heard += visitor.hear();
        }
        visitor.close();
    });
    CHECK(heard == "1122");
    std::ranges::sort(served.said);
    CHECK(served.said == Words{"manager", "worker 0", "worker 1"});
}

}  // namespace co::test
