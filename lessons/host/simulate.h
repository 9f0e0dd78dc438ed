// simulate(): runs a script on the simulated machine and leaves its trace. run_on(): the same script on any kernel.
//
//     auto run = co::lessons::simulate({.name = "main.lua", .text = "print('hello')"}, {.seed = 7});
//     run.output      // "hello\n"
//     run.trace       // every step, for the studio
//     run.finding     // empty, or what went wrong, where, and what to do
//
// A script's mistake is a value here, never an exception: the studio has to show it and stay usable.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/trace.h>

#include "lessons/format/lesson.h"

namespace co {
class Kernel;
}

namespace co::lessons {

struct Script {
    std::string name;  // as reports and traces call it: "main.lua", or the file's path
    std::string text;
    std::uint32_t line_offset = 0;  // lines before it in the file it was cut from; reports add it, traces do not
    std::string file = {};          // the file to name in reports; empty: `name`

    /// The other machines of the network, and who is on them (studio design, "The simulated world"); empty: there are
    /// none.
    std::string world = {};
    std::uint32_t world_offset = 0;  // lines before it in the file that it was cut from
    std::string world_file = {};     // the file to name in reports; empty: `file`
};

/// The world as a script of its own.
Script world_of(const Script& script);

/// As a script knows it; Lua's 200 nested C calls fit (studio design, toolchain).
inline constexpr std::size_t usual_stack_bytes = 512 * 1024;

struct SimOptions {
    std::uint64_t seed = 0;
    Limits limits = {};
    std::uint64_t steps = 200'000;                // of one run; fewer where whoever shows it must not stand still
    std::size_t stack_bytes = usual_stack_bytes;  // what the machine takes for a stack that scripts call 512 KiB large
    Schedule schedule = {};                       // choices made by hand; a choice that can't be made is a finding
};

enum class FindingKind : std::uint8_t { syntax_error, uncaught_error, deadlock, budget, horizon, schedule };

/// What went wrong, where, and what to do about it.
struct Finding {
    FindingKind kind;
    std::string file;
    std::uint32_t line = 0;         // in `file`; 0: no one place
    std::uint32_t script_line = 0;  // in the script itself
    std::string what;               // one sentence
    std::string remedy;             // one sentence
    std::string details;            // more lines, may be empty: each survivor of a deadlock, a stack trace

    /// "demo.lua:3: what\n  details\n  remedy", for standard error.
    std::string report() const;
};

struct RunResult {
    co::trace::Trace trace;
    std::string output;
    std::vector<Finding> findings;
    Schedule schedule = {};  // that it followed
    /// Nothing that makes `sim` exit with 1; the horizon does not.
    bool ok() const {
        return std::all_of(findings.begin(), findings.end(),
                           [](const Finding& finding) { return finding.kind == FindingKind::horizon; });
    }
};

RunResult simulate(const Script& script, const SimOptions& options = {});

/// Runs a script on the real machine: `print` goes to `out` at once, the full standard library is there.
RunResult run_real(const Script& script, Kernel& kernel, const std::function<void(std::string_view)>& out);

/// The script of a lesson, ready for simulate(): reports name the lesson's file and its own lines.
Script script_of(const Lesson& lesson);

}  // namespace co::lessons
