#include "tests/core/random_program.h"

#include <random>

namespace co::test {
namespace {

class Generator {
  public:
    explicit Generator(std::uint64_t seed) : engine_(seed) {}

    Program program() {
        Program program;
        program.seed = below(3) == 0 ? 0 : static_cast<std::uint64_t>(below(1000));
        for (int i = 0, n = 1 + below(3); i < n; ++i) program.capacities.push_back(below(3));
        channels_ = static_cast<int>(program.capacities.size());
        scripts_ = 2 + below(6);
        for (int script = 0; script < scripts_; ++script) {
            Script ops;
            for (int i = 0, n = 1 + below(7); i < n; ++i) ops.push_back(op(script));
            program.scripts.push_back(std::move(ops));
        }
        return program;
    }

  private:
    int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(limit)); }
    int deadline() { return below(2) ? no_deadline : below(4) * 5; }
    int coroutine() { return below(scripts_ + 3); }

    Op op(int script) {
        const Act acts[] = {Act::go,        Act::go,         Act::go,         Act::go,     Act::later,  Act::after,
                            Act::tick,      Act::clear,      Act::defer,      Act::sleep,  Act::sleep,  Act::yield,
                            Act::resume,    Act::cancel,     Act::join,       Act::push,   Act::push,   Act::push,
                            Act::pop,       Act::pop,        Act::pop,        Act::select, Act::select, Act::close,
                            Act::group_add, Act::group_done, Act::group_wait, Act::lock,   Act::unlock, Act::fail};
        Op op;
        op.act = acts[below(static_cast<int>(std::size(acts)))];
        op.value = below(100);
        op.number = deadline();
        bool starts_a_script = op.act == Act::go || op.act == Act::later || op.act == Act::after ||
                               op.act == Act::tick || op.act == Act::defer;
        if (starts_a_script) {
            if (script + 1 == scripts_) return {.act = Act::sleep, .number = below(3) * 5};
            op.what = script + 1 + below(scripts_ - script - 1);
            op.number = 1 + below(20);
            return op;
        }
        return with_target(std::move(op));
    }

    Op with_target(Op op) {
        switch (op.act) {
            case Act::sleep:
                op.number = below(4) * 5;
                break;
            case Act::clear:
                op.what = 1 + below(3);
                break;
            case Act::resume:
            case Act::cancel:
            case Act::join:
                op.what = coroutine();
                break;
            case Act::select:
                for (int i = 0, n = 1 + below(3); i < n; ++i)
                    op.cases.push_back({below(2) == 0, below(channels_), below(100)});
                break;
            case Act::push:
            case Act::pop:
            case Act::close:
                op.what = below(channels_);
                break;
            default:
                op.what = below(2);
        }
        return op;
    }

    std::mt19937_64 engine_;
    int channels_ = 1;
    int scripts_ = 1;
};

std::string name(Act act) {
    static const char* const names[] = {"go",    "later",     "after",      "tick",       "clear", "defer",  "sleep",
                                        "yield", "resume",    "cancel",     "join",       "push",  "pop",    "select",
                                        "close", "group_add", "group_done", "group_wait", "lock",  "unlock", "fail"};
    return names[static_cast<int>(act)];
}

}  // namespace

Program random_program(std::uint64_t seed) { return Generator(seed).program(); }

std::string to_text(const Program& program) {
    std::string text = "seed " + std::to_string(program.seed) + ", channels:";
    for (int capacity : program.capacities) text += ' ' + std::to_string(capacity);
    for (std::size_t i = 0; i < program.scripts.size(); ++i) {
        text += "\nscript " + std::to_string(i) + ':';
        for (const Op& op : program.scripts[i]) {
            text += "\n    " + name(op.act) + " what=" + std::to_string(op.what) +
                    " value=" + std::to_string(op.value) + " ms=" + std::to_string(op.number);
            for (const SelectCaseOf& one : op.cases)
                text += (one.is_push ? " [push " + std::to_string(one.value) + " to " : std::string(" [pop ")) +
                        std::to_string(one.channel) + ']';
        }
    }
    return text + '\n';
}

Program minimised(Program program) {
    auto differs = [](const Program& candidate) { return run_for_real(candidate) != run_by_the_rules(candidate); };
    for (bool found = true; found;) {
        found = false;
        for (std::size_t script = 0; script < program.scripts.size(); ++script) {
            for (std::size_t i = 0; i < program.scripts[script].size(); ++i) {
                Program candidate = program;
                candidate.scripts[script].erase(candidate.scripts[script].begin() + static_cast<std::ptrdiff_t>(i));
                if (!differs(candidate)) continue;
                program = std::move(candidate);
                found = true;
                --i;
            }
        }
    }
    return program;
}

}  // namespace co::test
