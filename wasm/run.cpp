// The run module: a script in, a saved run out (docs/web.md). run.js calls these.
//
// A run switches stacks, so the call that starts it comes back to JavaScript in the middle, and its result has to be
// asked for by a call of its own.
#include <emscripten.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "lessons/host/saved_run.h"
#include "lessons/host/simulate.h"

namespace {

// Most of what a native stack holds lies elsewhere here; 100 nested C calls of Lua fit (wasm/run.cmake).
constexpr std::size_t stack_bytes = 192 * 1024;

// The page reads a run on the thread that answers the person, and may not stand still for more than 100 ms.
constexpr std::uint64_t most_steps = 50'000;

// All of this module's state: the run that was made last.
std::string& saved() {
    static std::string bytes;
    return bytes;
}

/// It may come from anybody's link: what can't be read is told as a problem of the run.
std::optional<co::lessons::Finding> take_schedule(co::lessons::SimOptions& options, const char* text,
                                                  const char* script) try {
    options.schedule = co::lessons::parse_schedule(text);
    return std::nullopt;
} catch (const co::lessons::ScheduleError& error) {
    return co::lessons::Finding{.kind = co::lessons::FindingKind::schedule,
                                .file = script,
                                .what = std::string("The choices of this run can't be read: ") + error.what() + ".",
                                .remedy = "The run goes its usual way; take the choices back and choose anew.",
                                .details = {}};
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void costudio_run(const char* name, const char* text, std::size_t text_bytes, const char* seed,
                                       double lines, std::uint32_t coroutines, double horizon, const char* schedule,
                                       const char* world, std::size_t world_bytes) {
    co::lessons::SimOptions options{
        .seed = std::strtoull(seed, nullptr, 10), .steps = most_steps, .stack_bytes = stack_bytes};
    if (lines > 0) options.limits.lines = static_cast<std::uint64_t>(lines);
    if (coroutines > 0) options.limits.coroutines = coroutines;
    if (horizon > 0) options.limits.horizon = static_cast<std::int64_t>(horizon);
    const auto broken = take_schedule(options, schedule, name);
    saved().clear();
    const co::lessons::Script script{.name = name, .text = {text, text_bytes}, .world = {world, world_bytes}};
    co::lessons::RunResult run = co::lessons::simulate(script, options);
    if (broken) run.findings.push_back(*broken);
    saved() = co::lessons::save_run(run);
}

EMSCRIPTEN_KEEPALIVE const char* costudio_saved() { return saved().data(); }
EMSCRIPTEN_KEEPALIVE std::size_t costudio_saved_bytes() { return saved().size(); }
EMSCRIPTEN_KEEPALIVE void costudio_forget() { saved() = {}; }
}
