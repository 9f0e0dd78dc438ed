#include "visualizer/model/shared.h"

#include <doctest/doctest.h>

#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::nobody;

namespace {

/// main, and co#0 of west, which is process 7 of the machine.
TraceWriter with_west() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::process_start, {.coroutine = 0, .object = 7}, "west")
        .add(EventKind::start, {.process = 7, .coroutine = 0}, "west");
    return writer;
}

TraceWriter held_lock() {
    TraceWriter writer = with_west();
    writer.add(EventKind::shared, {.coroutine = 0, .object = 1, .other = 3}, "door")
        .add(EventKind::shared_pass, {.value = 1, .process = 7, .coroutine = 0, .object = 1, .line = 12})
        .add(EventKind::shared_wait, {.value = forever_ns, .coroutine = 0, .object = 1, .line = 4});
    return writer;
}

std::vector<std::string> sentences(const Model& model) {
    std::vector<std::string> all;
    for (std::uint32_t step = 4; step <= model.steps(); ++step) all.push_back(model.sentence(step));
    return all;
}

}  // namespace

TEST_CASE("shared: a table knows how full it is, and who did what to it last, in which process and line") {
    TraceWriter writer = with_west();
    writer.add(EventKind::shared, {.value = 2, .coroutine = 0, .object = 1, .other = 0}, "stock")
        .add(EventKind::shared_write, {.value = 1, .coroutine = 0, .object = 1, .line = 4}, "set(\"tea\") left = 10")
        .add(EventKind::shared_read, {.value = 1, .process = 7, .coroutine = 0, .object = 1, .line = 9},
             "get(\"tea\") left = 10")
        .add(EventKind::shared_read, {.value = 0, .process = 7, .coroutine = 0, .object = 1}, "get(\"milk\") unknown")
        .add(EventKind::shared_refused, {.value = 2, .coroutine = 0, .object = 1}, "set(\"salt\") full")
        .add(EventKind::shared_read, {.value = 2, .coroutine = 0, .object = 1}, "count()");
    const Model model(writer.take());
    const State end = model.at(model.steps());
    const SharedState* stock = end.shared_one(1);
    REQUIRE(stock);
    CHECK(shared_remark(end, *stock) == "Table, 2 of 2 rows");
    REQUIRE(stock->touches.size() == 5);
    const SharedTouch& read = stock->touches[1];
    CHECK(read.step == 6);
    CHECK(read.line == 9);
    CHECK(chip_and_process(end, read.coroutine) == "main of west");
    CHECK(sentences(model) ==
          std::vector<std::string>{"Table(2): stock has memory for 2 rows, which all processes share",
                                   "set(\"tea\"): left = 10 in stock now, for all processes",
                                   "get(\"tea\"): left = 10, as stock has it now",
                                   "get(\"milk\"): stock has no such row", "set(\"salt\"): stock is full, with 2 rows",
                                   "count(): stock has 2 rows"});
}

TEST_CASE("shared: a number is what the last call left, whoever made it") {
    TraceWriter writer = with_west();
    writer.add(EventKind::shared, {.value = 5, .coroutine = 0, .object = 1, .other = 1}, "sold")
        .add(EventKind::shared_write, {.value = 6, .process = 7, .coroutine = 0, .object = 1}, "add()")
        .add(EventKind::shared_refused, {.value = 6, .coroutine = 0, .object = 1}, "cmpset(5, 9)")
        .add(EventKind::shared_wait, {.value = forever_ns, .coroutine = 0, .object = 1})
        .add(EventKind::shared_open, {.value = 1, .process = 7, .coroutine = 0, .object = 1, .other = 1});
    const Model model(writer.take());
    const State end = model.at(model.steps());
    CHECK(shared_remark(end, *end.shared_one(1)) == "Atomic, 1");
    CHECK(sentences(model) == std::vector<std::string>{
                                  "Atomic(5): sold is 5, one number for all processes",
                                  "add(): sold is 6 now, for all processes", "cmpset(5, 9): sold is 6, so it stays",
                                  "wait(): sold is not 1, so main waits", "wake(): sold is 1; 1 that waits may go on"});
    CHECK(end.coroutine(0)->wait.kind == WaitKind::shared_number);
}

TEST_CASE("shared: a Lock knows who of which process holds it since which line, and who waits") {
    TraceWriter writer = held_lock();
    const Model model(writer.take());
    const State end = model.at(model.steps());
    const SharedState* door = end.shared_one(1);
    REQUIRE(door);
    CHECK(shared_remark(end, *door) == "Lock, main of west holds it");
    CHECK(list(door->waiters) == std::vector<std::uint32_t>{0});
    CHECK(end.coroutine(0)->wait.kind == WaitKind::shared_lock);
    CHECK(end.coroutine(0)->activity == Activity::waiting_channel);
    CHECK(model.sentence(model.steps()) == "lock(): main of west holds door, since line 12, so main waits");
    CHECK(wait_place(model.trace(), end, end.coroutine(0)->wait, 0) == "lock() on door");
}

TEST_CASE("shared: a Lock that is freed, refused, or taken over from a dead process") {
    TraceWriter writer = held_lock();
    writer.add(EventKind::shared_open, {.process = 7, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = nobody, .object = 0})
        .add(EventKind::run, {.coroutine = 0})
        .add(EventKind::shared_pass, {.value = 1, .coroutine = 0, .object = 1})
        .add(EventKind::shared_pass, {.value = 0, .process = 7, .coroutine = 0, .object = 1}, "timeout")
        .add(EventKind::shared_pass, {.value = 1, .process = 7, .coroutine = 0, .object = 1}, "recovered");
    const Model model(writer.take());
    const State freed = model.at(7);
    CHECK(freed.shared_one(1)->owner == nobody);
    CHECK(model.at(9).shared_one(1)->owner == 0);
    CHECK(model.at(9).shared_one(1)->waiters.empty());
    CHECK(sentences(model)[3] == "unlock(): door is free; one that waits is told");
    CHECK(sentences(model)[5] == "lock(): nobody holds door, so main does now");
    CHECK(sentences(model)[6] == "lock(): main of program holds door, and main waits no longer");
    CHECK(sentences(model)[7].starts_with("lock(): the holder of door is dead, so main holds it now"));
}

TEST_CASE("shared: a forgotten Lock is a problem that names its holder, the line and the remedy") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::shared, {.coroutine = 0, .object = 1, .other = 3}, "door")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "guest()")
        .add(EventKind::shared_pass, {.value = 1, .coroutine = 1, .object = 1, .line = 3})
        .add(EventKind::yield, {.coroutine = 1, .line = 4})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::shared_wait, {.value = forever_ns, .coroutine = 0, .object = 1, .line = 8})
        .add(EventKind::deadlock, {});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    const Problem& problem = model.problems()[0];
    CHECK(problem.kind == ProblemKind::deadlock);
    CHECK(problem.line == 8);
    CHECK(problem.what.starts_with("Deadlock: main waits in lock() on door, which co#1 holds since line 3, line 8; "));
    CHECK(problem.remedy.starts_with("Unlock the Lock on every way out"));
}

TEST_CASE("shared: two Locks taken crosswise by two processes are a circle") {
    TraceWriter writer = with_west();
    writer.add(EventKind::shared, {.coroutine = 0, .object = 1, .other = 3}, "a")
        .add(EventKind::shared, {.coroutine = 0, .object = 2, .other = 3}, "b")
        .add(EventKind::shared_pass, {.value = 1, .coroutine = 0, .object = 1})
        .add(EventKind::shared_pass, {.value = 1, .process = 7, .coroutine = 0, .object = 2})
        .add(EventKind::shared_wait, {.value = forever_ns, .coroutine = 0, .object = 2})
        .add(EventKind::shared_wait, {.value = forever_ns, .process = 7, .coroutine = 0, .object = 1});
    const Model model(writer.take());
    REQUIRE(!model.problems().empty());
    CHECK(model.problems()[0].kind == ProblemKind::partial_deadlock);
    CHECK(model.problems()[0].what ==
          "2 coroutines wait in a circle for ever, while others went on: main of program waits for b, which main of "
          "west holds; main of west waits for a, which main of program holds.");
}

TEST_CASE("leftovers: of every process that ended by itself, and it is named") {
    TraceWriter writer = with_west();
    writer.add(EventKind::channel, {.value = 2, .process = 7, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::push, {.process = 7, .coroutine = 0, .object = 1, .line = 5}, "\"tea\"")
        .add(EventKind::channel, {.value = 1, .process = 7, .coroutine = 0, .object = 2}, "quit")
        .add(EventKind::go, {.process = 7, .coroutine = 0, .object = 1}, "clerk()")
        .add(EventKind::pop_wait, {.value = forever_ns, .process = 7, .coroutine = 1, .object = 2, .line = 6})
        .add(EventKind::back, {.process = 7, .coroutine = 0, .object = 1})
        .add(EventKind::done, {.process = 7, .coroutine = 0});
    TraceWriter killed = writer;
    writer.add(EventKind::process_end, {.value = 0, .object = 7}).add(EventKind::done, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 2);
    CHECK(model.problems()[0].kind == ProblemKind::undrained);
    CHECK(model.problems()[0].what ==
          "jobs of west holds 1 value at the end, \"tea\" first, and nobody pops it any more.");
    CHECK(model.problems()[0].line == 5);
    CHECK(model.problems()[1].kind == ProblemKind::leak);
    CHECK(model.problems()[1].what == "west ended, yet co#1 of west (clerk()) waits in pop() on quit, line 6.");
    CHECK(model.problems()[1].step == 10);
    killed.add(EventKind::process_end, {.value = 128 + 9, .object = 7}).add(EventKind::done, {.coroutine = 0});
    CHECK(Model(killed.take()).problems().empty());
}
