// Tasks: given by workers, run by task workers one after the other.
#include <algorithm>

#include "tests/core/served.h"

namespace co::test {
namespace {

ServerSettings with_tasks(std::uint32_t task_workers) {
    return {.workers = 1, .task_workers = task_workers, .framing = framing::eof("\n")};
}

}  // namespace

SERVER_TEST("a task is given at once, runs in a task worker, and finishes as an event") {
    Served served;
    served.server.set(with_tasks(1));
    served.server.on_receive([&](Connection from, std::string_view line) {
        auto id = served.server.task(std::string(line), from.fd());
        REQUIRE(bool(id));
        served.say("given " + std::to_string(*id));
    });
    served.server.on_task([&](Task& task) {
        CHECK(served.server.is_task_worker());
        co::blocking::compute(20ms);
        served.say("task " + std::to_string(task.id()));
        task.finish("done: " + task.data());
    });
    served.server.on_finish([&](const TaskResult& result) {
        served.say("finish " + std::to_string(result.id));
        served.server.send(static_cast<SessionId>(result.tag), result.data);
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("resize\n");
        CHECK(visitor.hear() == "done: resize\n");
    });
    CHECK(served.said == Words{"given 1", "task 1", "finish 1"});
}

SERVER_TEST("task_wait_multi: the slow task is missing from the result, the others are there") {
    Served served;
    served.server.set(with_tasks(3));
    served.server.on_receive([&](Connection from, std::string_view) {
        auto answers = served.server.task_wait_multi({"10", "900", "20"}, 500ms);
        REQUIRE(answers.size() == 3);
        CHECK(answers[0].value_or("") == "slept 10");
        CHECK(answers[1].error() == ServerError::timeout);
        CHECK(answers[2].value_or("") == "slept 20");
        from.send("ok");
    });
    served.server.on_task([&](Task& task) {
        CHECK(served.server.task("nested").error() == ServerError::in_task_worker);
        co::blocking::sleep(std::chrono::milliseconds(std::stoi(task.data())));
        task.finish("slept " + task.data());
    });
    served.server.on_finish([&](const TaskResult&) { served.say("finish"); });
    served.visit([&] {
        Visitor visitor = served.connect();
        const TimePoint start = co::now();
        visitor.say("go\n");
        CHECK(visitor.hear() == "ok");
        CHECK(co::now() - start >= 500ms);
        CHECK(is_within(co::now() - start, Duration(510ms)));
    });
    CHECK(served.said.empty());
}

SERVER_TEST("task_crash: a task whose worker dies is reported failed to the one who waits") {
    Served served;
    served.server.set(with_tasks(1));
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "plain\n") {
            CHECK(bool(served.server.task("die", 7)));
            return;
        }
        auto answer = served.server.task_wait(line == "die\n" ? "die" : "live", 5s);
        from.send(answer ? *answer : answer.error().message());
    });
    served.server.on_task([&](Task& task) {
        if (task.data() == "die") {
            Kernel& own = Scheduler::current().kernel();
            static_cast<void>(own.send_signal(own.process_id(), Signal::kill));
        }
        task.finish("lived");
    });
    served.server.on_finish(
        [&](const TaskResult& result) { served.say(std::to_string(result.tag) + ' ' + result.error.message()); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("die\n");
        CHECK(visitor.hear() == "worker died");
        visitor.say("live\n");
        CHECK(visitor.hear() == "lived");
        visitor.say("plain\n");
        served.await_said(1);
    });
    CHECK(served.said == Words{"7 worker died"});
}

SERVER_TEST("a task that fails or says nothing is an answer too, and a full queue a refusal") {
    Served served;
    ServerSettings settings = with_tasks(1);
    settings.task_queue = 2;
    served.server.set(settings);
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "throw\n" || line == "silent\n") {
            from.send(served.server.task_wait(std::string(line), 1s).error().message());
            return;
        }
        while (served.server.stats().workers.at(1).busy > 0) co::sleep(1ms);  // it answers before it is free
        std::string refusals;
        for (int i = 0; i < 5; ++i) {
            auto id = served.server.task("slow");
            refusals += id ? "taken;" : id.error().message() + ';';
        }
        from.send(refusals);
    });
    served.server.on_task([&](Task& task) {
        if (task.data() == "throw\n") throw std::runtime_error("no");
        if (task.data() == "slow") co::blocking::sleep(50ms);
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("throw\n");
        CHECK(visitor.hear() == "task failed");
        visitor.say("silent\n");
        CHECK(visitor.hear() == "no answer");
        visitor.say("many\n");
        CHECK(visitor.hear() == "taken;taken;taken;queue full;queue full;");
    });
}

SERVER_TEST("of many that wait for tasks at once each gets its own answer") {
    Served served;
    served.server.set(with_tasks(2));
    served.server.on_receive([&](Connection from, std::string_view) {
        WaitGroup group;
        int right = 0;
        for (int who = 0; who < 50; ++who) {
            group.add();
            co::go([&, who] {
                for (int turn = 0; turn < 4; ++turn) {
                    const std::string asked = std::to_string(who) + ' ' + std::to_string(turn);
                    right += served.server.task_wait(asked, 30s).value_or("") == asked;
                }
                group.done();
            });
        }
        group.wait();
        from.send(std::to_string(right));
    });
    served.server.on_task([](Task& task) { task.finish(task.data()); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("go\n");
        CHECK(visitor.hear(60s) == "200");
    });
}

SERVER_TEST("tasks that follow each other without a pause keep no worker from hearing that it is to stop") {
    Served served;
    served.server.set(with_tasks(1));
    bool is_leaving = false;  // the worker
    served.server.events().worker_exit = [&](std::uint32_t) { is_leaving = true; };
    served.server.events().worker_stop = [&](std::uint32_t worker) { served.say("stopped " + std::to_string(worker)); };
    served.server.on_receive([&](Connection from, std::string_view) {
        for (int i = 0; i < 4; ++i) served.server.task("again");
        from.send("ok");
    });
    served.server.on_task([](Task& task) {
        co::blocking::compute(10us);
        task.finish("");
    });
    served.server.on_finish([&](const TaskResult&) {
        if (!is_leaving) served.server.task("again");
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("go\n");
        CHECK(visitor.hear() == "ok");
    });
    CHECK(std::ranges::count(served.said, "stopped 0") == 1);
    CHECK(std::ranges::count(served.said, "stopped 1") == 1);
}

SERVER_TEST("without task workers a task is refused, and with them a handler is required") {
    Served served;
    served.server.set({.workers = 1});
    served.server.on_receive(
        [&](Connection from, std::string_view) { from.send(served.server.task("x").error().message()); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("?");
        CHECK(visitor.hear() == "no task workers");
    });
    KernelUnderTest kernel;
    Scheduler scheduler(kernel);
    scheduler.run([] {
        Server server("127.0.0.1", 0);
        server.set({.task_workers = 1});
        CHECK_THROWS_WITH_AS(server.start(), "this server cannot start: it has task workers, and no on_task",
                             std::invalid_argument);
    });
}

}  // namespace co::test
