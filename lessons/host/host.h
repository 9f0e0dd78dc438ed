// Host: one script's Lua state and what ties it to the runtime. One runtime coroutine runs one Lua thread.
//
//     Host host(script, {.sandboxed = true});
//     if (auto finding = host.load()) …                       // a syntax error
//     scheduler.run([&] { host.run_main(); }, script.name);
//
// The scheduler must be gone before the host is: timers and deferred functions hold values of the script.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <co/client_timeouts.h>
#include <co/local.h>
#include <co/scheduler.h>

#include "lessons/host/memory.h"
#include "lessons/host/names.h"
#include "lessons/host/processes.h"
#include "lessons/host/shared_book.h"
#include "lessons/host/simulate.h"
#include "lessons/host/value.h"

struct lua_Debug;

namespace co::lessons {

class Play;
struct ScriptError;

struct HostOptions {
    bool sandboxed = true;  // the script must not reach the real machine, nor see what differs from run to run
    std::uint64_t seed = 0;
    std::uint16_t source = 0;                     // the script's index among the trace's sources
    std::optional<std::uint64_t> lines = {};      // most that may run without a wait
    std::uint32_t coroutines = UINT32_MAX;        // most that co.set() may allow
    std::size_t memory = SIZE_MAX;                // bytes
    std::size_t output = SIZE_MAX;                // bytes
    std::size_t stack_bytes = usual_stack_bytes;  // what the machine takes for usual_stack_bytes
    std::function<void(std::string_view)> out;    // gets every printed line with its newline
    Processes* processes = nullptr;               // how those run that the script starts; null: it can start none
    Play* world = nullptr;                        // the script describes the world around a program; null: it does not
    std::function<void(const ScriptError&)> failed = {};  // hears of an error that ends a function of the script
    std::function<void()> was_exhausted = {};             // hears of a limit that ends the run
};

inline constexpr int deepest_call_shown = 20;  // of a stack trace

/// Leaves a coroutine of the runtime when its script function failed.
struct ScriptError : std::runtime_error {
    ScriptError(const std::string& what, std::uint32_t where) : std::runtime_error(what), line(where) {}
    std::uint32_t line;     // of the script; 0: unknown
    std::string traceback;  // a line for each call, the innermost first
    bool is_budget = false;
    std::string remedy;  // of a budget
};

/// Thrown through a script that the run's end has overtaken. Lua's pcall() takes any C++ exception for an error with
/// the text on top of the stack as its message, but calls no message handler for it: that one would run without the
/// line hook, and so perhaps for ever.
struct RunEnded {};

/// One running call of a script function by the host; the runtime coroutine that it runs in may run others inside it.
struct Activation {
    lua_State* thread = nullptr;  // the one that the host runs the function in
    lua_State* innermost =
        nullptr;              // where the last binding was called: `thread`, or one of Lua's own coroutines in it
    std::uint64_t lines = 0;  // since it last waited
    std::uint64_t slice = 0;  // lines since its turn began
    std::uint32_t error_line = 0;
    std::string error_traceback;
    bool is_over = false;  // it has done all that its process is for: no further line of it runs
};

/// What became of the timers of a script.
struct TimerCounts {
    std::uint64_t created = 0;
    std::uint64_t fired = 0;
    std::uint64_t cleared = 0;
};

/// Why the run was ended from inside: a limit.
struct Exhausted {
    std::uint32_t line = 0;
    std::string what;
    std::string remedy;
    bool was_thrown = false;
};

class Host {
  public:
    Host(const Script& script, HostOptions options);
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    ~Host();

    /// Compiles the script. A syntax error is returned.
    std::optional<Finding> load();
    /// Runs the script's main chunk in the running coroutine. Throws ScriptError.
    void run_main();
    /// Runs `function(first, arguments…)` in the running coroutine. Throws ScriptError.
    void run(const Value& function, const std::vector<Value>& arguments, std::optional<std::int64_t> first = {});

    static Host& of(lua_State* L);

    const Script& script() const { return script_; }
    const HostOptions& options() const { return options_; }
    const Names& names() const { return names_; }
    Memory& memory() { return memory_; }
    /// The state of math.random.
    std::uint64_t& chance() { return chance_; }
    /// From now on math.random gives what it would at the start of a run with this seed.
    void reseed(std::uint64_t seed) { options_.seed = chance_ = seed; }

    // -- what the script says -----------------------------------------------------------------------------------
    void print(lua_State* L, std::string_view text);
    /// As Lua's own tostring(), but without addresses when sandboxed: `table: 1` is the first that was shown.
    std::string text_of(lua_State* L, int index);
    /// `producer("tea")`: the function at `index` and the `count` arguments above it.
    std::string call_name(lua_State* L, int index, int count);
    /// The line of the script that the caller of a binding is at; 0: none.
    std::uint32_t caller_line(lua_State* L) const;
    /// What the caller assigns the result of `call` to; empty: nothing.
    std::string assigned_name(lua_State* L, std::string_view call) const;
    /// Remembers the names of all C functions that the globals lead to.
    void name_builtins(lua_State* L);
    /// The name of the C function at `index`, empty when it has none: "timer.clear".
    std::string_view builtin_name(lua_State* L, int index) const;

    /// The same with arguments that `push` puts onto the stack; it returns how many.
    using PushArguments = std::function<int(lua_State*)>;
    void run_with(const Value& function, const PushArguments& push);

    // -- processes: see processes.h (repeat.cpp) ----------------------------------------------------------------
    /// How they run. Raises a Lua error where a script can start none.
    Processes& processes(lua_State* L, const char* call) const;
    /// The way to a start call that the script makes now. Raises a Lua error when the script has done what cannot be
    /// done again in each process.
    std::vector<StartCall> begin_start(lua_State* L, const char* call, Arrive arrive);
    /// This process is to go that way: run_main() repeats the script up to its last call.
    void repeat_until(const Start& start) {
        way_ = start.way;
        shared_.inherit(start.past);
    }
    /// The script directs the world: it is no process of one of its machines.
    bool is_director() const { return options_.world && way_.empty(); }
    SharedBook& shared() { return shared_; }
    /// The script runs again, and is not yet there: it must do nothing that anybody could see.
    bool repeats() const { return steps_ < way_.size(); }
    /// For a start call of a script that is repeated. False: it is not; do the call. True: it was another one, pass by;
    /// it does not return from its own one, which does what the process is for.
    bool passes(lua_State* L, void* object);
    /// The script has done something that must not be done again in each process it starts.
    void did_once(std::uint32_t line, std::string what);

    /// How long clients that are made from now on may take, unless they say otherwise.
    ClientTimeouts& client_timeouts() { return client_timeouts_; }
    /// Keeps something until the script's process ends.
    void keep(std::shared_ptr<void> what) { kept_.push_back(std::move(what)); }

    /// Pushes the table that the running coroutine has for itself.
    void push_context(lua_State* L);
    TimerCounts& timer_counts() { return timer_counts_; }

    // -- limits -------------------------------------------------------------------------------------------------
    Activation* activation() const { return activation_; }
    void activation(Activation* activation) {
        if (activation && activation != activation_) activation->slice = 0;
        activation_ = activation;
    }
    /// After so many lines without a wait a coroutine is cut off; 0: never.
    void slice_lines(std::uint64_t lines) { slice_lines_ = lines; }
    /// The running coroutine called a binding, from `L`.
    void stands_in(lua_State* L) {
        if (activation_) activation_->innermost = L;
    }
    /// Of the line that is reached now: how many calls are in each other there. 250 stands for more as well, for they
    /// are counted at every line.
    std::uint32_t depth() const;
    /// The running coroutine waits now, at this line.
    void waits(std::uint32_t line);
    /// Ends the whole run, also through every pcall: the line hook raises again and again until it has ended.
    void exhaust(std::uint32_t line, std::string what, std::string remedy);
    const std::optional<Exhausted>& exhausted() const { return exhausted_; }
    /// The process was killed, and unwinds.
    void was_killed() { is_killed_ = true; }
    bool must_leave() const;
    /// Leaves the script that `L` runs: the run has ended.
    [[noreturn]] void leave(lua_State* L) const;

    // -- for reports --------------------------------------------------------------------------------------------
    /// The line of the go() or timer call that started the coroutine; 0: none.
    std::uint32_t started_line(CoroutineId id) const;
    /// The running coroutine begins: `line` started it.
    void started(CoroutineId id, std::uint32_t line);
    /// Where a coroutine stands, the innermost call first, then who started it, and who that one: a line each. Empty
    /// for one that is not alive.
    std::vector<std::string> backtrace(CoroutineId id) const;

  private:
    static void on_line(lua_State* L, lua_Debug* where);
    void end_slice(lua_State* L);
    static int on_error(lua_State* L);
    bool is_own(const char* source) const { return source == chunk_name_; }
    /// "producer", "the script": what a call on the Lua stack is called; `place` of a function without a name.
    std::string function_name(const lua_Debug& call, const std::string& place) const;
    void add_calls(std::vector<std::string>& lines, lua_State* thread) const;
    /// "main.lua:7": as Lua itself names places.
    std::string lua_place(std::uint32_t line) const;
    [[noreturn]] void fail(lua_State* thread, int status, Activation& activation);

    struct Once {
        std::uint32_t line;
        std::string what;
    };

    Script script_;
    HostOptions options_;
    Names names_;
    std::string chunk_name_;  // Lua's name of the script: "@main.lua"
    std::uint64_t chance_;
    Memory memory_;
    lua_State* main_;
    lua_State* line_in_ = nullptr;  // where the line is that is reached now
    std::optional<Value> chunk_;
    Activation* activation_ = nullptr;
    std::uint64_t slice_lines_ = 0;
    std::optional<Exhausted> exhausted_;
    std::size_t printed_ = 0;  // bytes
    struct Start {
        std::uint32_t line;
        std::optional<CoroutineId> by;  // none: the event loop
    };
    std::unordered_map<CoroutineId, Start> starts_;
    std::unordered_map<CoroutineId, const Activation*> activations_;
    Local<std::optional<Value>> context_;
    TimerCounts timer_counts_;
    std::uint32_t start_calls_ = 0;  // start calls so far
    std::vector<StartCall> way_;     // of this process
    std::size_t steps_ = 0;          // of it, so far
    std::optional<Once> once_;
    bool is_killed_ = false;
    SharedBook shared_;
    ClientTimeouts client_timeouts_;
    std::vector<std::shared_ptr<void>> kept_;
    std::unordered_map<std::uint64_t, std::uint64_t> shown_numbers_;  // serial -> N of "table: N"
    std::unordered_map<int, std::uint64_t> shown_counts_;             // by type
    std::unordered_map<int (*)(lua_State*), std::string> builtins_;
};

}  // namespace co::lessons
