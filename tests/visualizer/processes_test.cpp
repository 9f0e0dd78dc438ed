#include "visualizer/model/processes.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/server_trace.h"
#include "tests/visualizer/told.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/export/text.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

/// The first step of that kind that the process made.
std::uint32_t step_of(const Model& model, EventKind kind, std::uint32_t number) {
    for (std::uint32_t step = 1; step <= model.steps(); ++step) {
        if (model.event(step).kind == kind && model.event(step).process == number) return step;
    }
    return 0;
}

}  // namespace

TEST_CASE("processes: each has its part, its number, and the time when it lived") {
    const Model model(server_trace());
    const Processes& all = model.processes();
    REQUIRE(all.several());
    CHECK(all[0].title == "master");
    CHECK(all[0].pid_text() == "pid 1");
    const Process& reactor = all[place_of(model, reactor_number)];
    CHECK(reactor.title == "reactor 0");
    CHECK(reactor.pid_text() == "thread 4");
    CHECK(reactor.owner == 0);
    const Process& worker = all[place_of(model, worker_number)];
    CHECK(worker.part == Part::worker);
    CHECK(worker.was_killed());
    const Process& replacement = all[place_of(model, replacement_number)];
    CHECK(replacement.title == worker.title);
    CHECK(replacement.role == worker.role);
    CHECK(replacement.from > worker.to);
    CHECK(all[place_of(model, client_number)].host_name == "client");
}

TEST_CASE("processes: people see other computers first, then the server from its front to its back") {
    const Model model(server_trace());
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t place : model.processes().in_order()) numbers.push_back(model.processes()[place].number);
    CHECK(numbers == std::vector<std::uint32_t>{client_number, 0, reactor_number, manager_number, worker_number,
                                                replacement_number, task_worker_number});
}

TEST_CASE("processes: coroutines with the same number in two processes are two coroutines") {
    const Model model(server_trace());
    const State end = model.at(model.steps());
    const CoroutineState* client = end.coroutine(joined_number(place_of(model, client_number), 0));
    const CoroutineState* reactor = end.coroutine(joined_number(place_of(model, reactor_number), 0));
    REQUIRE(client);
    REQUIRE(reactor);
    CHECK(client->activity == Activity::done);
    CHECK(reactor->activity == Activity::waiting_io);
    CHECK(Model::chip(client->id) == "main");
}

TEST_CASE("processes: in one a coroutine runs while another one makes a step") {
    const Model model(server_trace());
    const std::uint32_t blocks = step_of(model, EventKind::block, task_worker_number);
    const State meanwhile = model.at(blocks + 1);
    CHECK(meanwhile.process == place_of(model, manager_number));
    CHECK(meanwhile.running == co::trace::nobody);
    const std::uint32_t task_worker = place_of(model, task_worker_number);
    CHECK(meanwhile.running_in(task_worker) == joined_number(task_worker, 0));
    REQUIRE(model.lateness().held.size() == 1);
    CHECK(model.lateness().held[0].process == task_worker);
}

TEST_CASE("processes: a killed one takes its coroutines with it, and its lanes end there") {
    const Model model(server_trace());
    const std::uint32_t worker = place_of(model, worker_number);
    const std::uint32_t killed = step_of(model, EventKind::process_end, worker_number);
    CHECK(model.at(killed - 1).coroutine(joined_number(worker, 0))->activity == Activity::waiting_io);
    CHECK(model.at(killed).coroutine(joined_number(worker, 0))->activity == Activity::failed);
    CHECK(model.at(killed).coroutine(joined_number(worker, 1))->activity == Activity::done);  // it had ended before
    const Lane* lane = model.lane(joined_number(worker, 0));
    REQUIRE(lane);
    CHECK(lane->stays.back() == Stay{Activity::failed, killed, model.steps() + 1});
}

TEST_CASE("processes: what one leaves behind at the end is no problem of the program") {
    const Model model(server_trace());
    for (const Problem& problem : model.problems()) CHECK(problem.what.find("worker") == std::string::npos);
}

TEST_CASE("processes: the history is kept as it was recorded") {
    const Model model(server_trace());
    CHECK(model.recorded() == server_trace());
    CHECK(model.trace().events != server_trace().events);
    CHECK(Model(lesson12_trace()).trace() == lesson12_trace());
}

TEST_CASE("processes: the text of a run says in which one each step happened, if there are several") {
    const Model model(server_trace());
    const std::uint32_t step = step_of(model, EventKind::event, worker_number);
    CHECK(model.line(step).process == "worker 0");
    CHECK(event_text(model.line(step)).find("worker 0       co#1") != std::string::npos);
    CHECK(Model(lesson12_trace()).line(20).process.empty());
}

TEST_CASE("processes: a number that no process has is passed over") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::start, {.process = 7, .coroutine = co::trace::nobody - 5}, "far")
        .add(EventKind::run, {.process = 7, .coroutine = 3});
    const Model model(writer.take());
    CHECK(model.steps() == 3);
    CHECK(model.lane(joined_number(1, 3)) != nullptr);
}
