// Small random programs over everything that coroutines can do, run twice: on the scheduler, and by a second,
// deliberately simple model of the rules (no stacks, no heap, no intrusive queues). Both must say the same, line by
// line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace co::test {

enum class Act : std::uint8_t {
    go,     // run script `what`
    later,  // event::defer: script `what`
    after,  // timer of `number` ms: script `what`
    tick,   // timer every `number` ms: script `what`, cleared after its third call
    clear,  // the timer `what`
    defer,  // script `what`
    sleep,  // `number` ms
    yield,
    resume,     // coroutine `what`
    cancel,     // coroutine `what`
    join,       // coroutine `what`, deadline `number`
    push,       // `value` into channel `what`, deadline `number`
    pop,        // from channel `what`, deadline `number`
    select,     // `cases`, deadline `number`
    close,      // channel `what`
    group_add,  // to group `what`
    group_done,
    group_wait,  // deadline `number`
    lock,        // mutex `what`, deadline `number`
    unlock,
    fail,  // throws
};

struct SelectCaseOf {
    bool is_push = false;
    int channel = 0;
    int value = 0;
};

constexpr int no_deadline = -1;

struct Op {
    Act act = Act::sleep;
    int what = 0;
    int value = 0;
    int number = no_deadline;  // ms
    std::vector<SelectCaseOf> cases{};
};

using Script = std::vector<Op>;

struct Program {
    std::vector<int> capacities;  // of the channels
    int groups = 2;
    int mutexes = 2;
    std::vector<Script> scripts;  // the first is the main coroutine's; one only starts later ones
    std::uint64_t seed = 0;       // of the machine: what select() chooses
};

Program random_program(std::uint64_t seed);
std::string to_text(const Program& program);

/// What the program says, line by line: "12 co#3 pop 1 -> 7".
std::vector<std::string> run_for_real(const Program& program);
std::vector<std::string> run_by_the_rules(const Program& program);

/// The smallest program found by leaving out operations on which the two still differ.
Program minimised(Program program);

}  // namespace co::test
