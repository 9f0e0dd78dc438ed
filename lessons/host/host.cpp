#include "lessons/host/host.h"

#include <charconv>
#include <utility>

#include <co/coroutine.h>
#include <co/probe.h>
#include <fmt/format.h>
#include <lua.hpp>

#include "lessons/format/text_lines.h"
#include "lessons/host/bindings.h"
#include "lessons/host/findings.h"
#include "lessons/host/message.h"
#include "lessons/host/sandbox.h"

namespace co::lessons {
namespace {

// Instead of abort(): the host's own calls, which no pcall surrounds, ran out of the machine's memory.
int on_panic(lua_State*) { throw std::bad_alloc(); }

std::string chunk_name_of(std::string_view name) {
    const std::string_view file = name.substr(name.find_last_of('/') + 1);
    return "@" + std::string(file.substr(0, 50));  // Lua cuts longer ones at a place of its own choice
}

}  // namespace

Host::Host(const Script& script, HostOptions options)
    : script_(script),
      options_(std::move(options)),
      names_(script.text),
      chunk_name_(chunk_name_of(script.name)),
      chance_(options_.seed),
      memory_(options_.memory),
      main_(lua_newstate(&Memory::allocate, &memory_)) {
    if (!main_) throw std::bad_alloc();
    lua_atpanic(main_, on_panic);
    const Memory::Unlimited unlimited(memory_);
    *static_cast<Host**>(lua_getextraspace(main_)) = this;
    memory_.measure(main_);
    if (options_.sandboxed) {
        open_sandbox(main_);
    } else {
        luaL_openlibs(main_);
    }
    open_bindings(main_);
    name_builtins(main_);
    lua_sethook(main_, &Host::on_line, LUA_MASKLINE, 0);
}

Host::~Host() {
    const Memory::Unlimited unlimited(memory_);
    chunk_.reset();
    lua_close(main_);
}

Host& Host::of(lua_State* L) { return **static_cast<Host**>(lua_getextraspace(L)); }

// -- running --------------------------------------------------------------------------------------------------------

std::optional<Finding> Host::load() {
    const Memory::Unlimited unlimited(memory_);
    // A first line `#!…` is for the shell.
    const std::string text = script_.text.starts_with('#') ? "--" + script_.text : script_.text;
    if (luaL_loadbufferx(main_, text.data(), text.size(), chunk_name_.c_str(), "t") == LUA_OK) {
        chunk_ = Value::pop(main_);
        return std::nullopt;
    }
    const Message message = split_message(lua_tostring(main_, -1), chunk_name_.substr(1));
    lua_pop(main_, 1);
    return syntax_finding(script_, message);
}

void Host::run_main() { run(*chunk_, {}); }

void Host::run(const Value& function, const std::vector<Value>& arguments, std::optional<std::int64_t> first) {
    run_with(function, [&](lua_State* thread) {
        luaL_checkstack(thread, static_cast<int>(arguments.size()) + 1, nullptr);
        if (first) lua_pushinteger(thread, *first);
        for (const Value& argument : arguments) argument.push(thread);
        return static_cast<int>(arguments.size()) + (first ? 1 : 0);
    });
}

void Host::run_with(const Value& function, const PushArguments& push) {
    Activation activation;
    activation_ = &activation;
    std::optional<Value> anchor;
    lua_State* thread = nullptr;
    int count = 0;
    {
        const Memory::Unlimited unlimited(memory_);
        thread = lua_newthread(main_);
        anchor = Value::pop(main_);
        lua_pushcfunction(thread, &Host::on_error);
        function.push(thread);
        count = push(thread);
    }
    activation.thread = activation.innermost = thread;
    const CoroutineId self = co::id();
    // A process's first coroutine may be in the middle of its start call: that one goes on afterwards.
    const Activation* const outer = std::exchange(activations_[self], &activation);
    const int status = lua_pcall(thread, count, 0, 1);
    if (outer) {
        activations_[self] = outer;
    } else {
        activations_.erase(self);
    }
    activation_ = nullptr;
    const bool was_left = activation.is_over && !is_killed_ && !Scheduler::current().is_stopping();
    if (status != LUA_OK && !was_left) fail(thread, status, activation);
}

void Host::fail(lua_State* thread, int status, Activation& activation) {
    if (is_killed_) throw ProcessKilled{};
    if (Scheduler::current().is_stopping()) {
        if (!exhausted_ || std::exchange(exhausted_->was_thrown, true)) throw Unwind{};
        ScriptError error(exhausted_->what, exhausted_->line);
        error.is_budget = true;
        error.remedy = exhausted_->remedy;
        throw error;
    }
    if (status == LUA_ERRMEM) {
        ScriptError error(fmt::format("the script needs more than {} MiB of memory, the limit", memory_.limit() >> 20),
                          0);
        error.is_budget = true;
        error.remedy = "Keep less at once: let go of what is no longer needed, or do the work in smaller parts.";
        if (options_.failed) options_.failed(error);
        throw error;
    }
    const char* text = lua_tostring(thread, -1);
    const Message message = split_message(text ? text : "an error without a message", chunk_name_.substr(1));
    ScriptError error(message.text, message.line > 0 ? message.line : activation.error_line);
    error.traceback = std::move(activation.error_traceback);
    if (options_.failed) options_.failed(error);
    throw error;
}

// Runs where the error was raised, while the calls that led to it are still there.
int Host::on_error(lua_State* L) {
    Host& host = of(L);
    if (!lua_isstring(L, 1)) {
        if (luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL) {
            luaL_tolstring(L, 1, nullptr);
        } else {
            lua_pushfstring(L, "error() was given a %s instead of a text", luaL_typename(L, 1));
        }
        lua_replace(L, 1);
        lua_settop(L, 1);
    }
    if (!host.activation_) return 1;
    Activation& activation = *host.activation_;
    activation.error_line = 0;
    activation.error_traceback.clear();
    lua_Debug call{};
    for (int level = 1; level < deepest_call_shown && lua_getstack(L, level, &call); ++level) {
        lua_getinfo(L, "nSl", &call);
        if (!host.is_own(call.source) || call.currentline < 1) continue;
        const auto line = static_cast<std::uint32_t>(call.currentline);
        if (activation.error_line == 0) activation.error_line = line;
        const std::string definition = place_in(host.script_, static_cast<std::uint32_t>(call.linedefined));
        activation.error_traceback +=
            fmt::format("{}: in {}\n", place_in(host.script_, line), host.function_name(call, definition));
    }
    return 1;
}

// -- what the script says -------------------------------------------------------------------------------------------

void Host::print(lua_State* L, std::string_view text) {
    if (repeats()) return;
    printed_ += text.size() + 1;
    if (printed_ > options_.output) {
        exhaust(caller_line(L), fmt::format("the script printed more than {} KiB, the limit", options_.output >> 10),
                "Print less, or end the loop that prints.");
        leave(L);
    }
    if (text.empty()) probe::print("");
    for (const std::string_view line : lines_of(text)) probe::print(line);
    options_.out(std::string(text) + "\n");
}

std::string Host::text_of(lua_State* L, int index) {
    const int type = lua_type(L, index);
    const bool has_address =
        type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TTHREAD || type == LUA_TUSERDATA;
    const bool speaks = luaL_getmetafield(L, index, "__tostring") != LUA_TNIL;
    if (speaks) lua_pop(L, 1);
    if (speaks || !has_address || !options_.sandboxed) {
        std::size_t size = 0;
        const char* text = luaL_tolstring(L, index, &size);
        std::string result(text, size);
        lua_pop(L, 1);
        return result;
    }
    if (lua_iscfunction(L, index)) {
        if (const std::string_view name = builtin_name(L, index); !name.empty())
            return fmt::format("function: {}", name);
    }
    const auto [number, is_new] = shown_numbers_.try_emplace(memory_.serial(L, index), 0);
    if (is_new) number->second = ++shown_counts_[type];
    return fmt::format("{}: {}", luaL_typename(L, index), number->second);
}

std::string Host::call_name(lua_State* L, int index, int count) {
    constexpr std::size_t longest = 48;
    std::string name;
    if (lua_iscfunction(L, index)) {
        name = builtin_name(L, index);
        if (name.empty()) name = "function";
    } else {
        lua_Debug function{};
        lua_pushvalue(L, index);
        lua_getinfo(L, ">S", &function);
        const auto line = static_cast<std::uint32_t>(function.linedefined);
        const auto found = is_own(function.source) ? names_.function_at(line) : std::nullopt;
        if (!found) return fmt::format("function at line {}", line);
        name = *found;
    }
    std::string arguments;
    for (int i = 1; i <= count; ++i) {
        if (i > 1) arguments += ", ";
        arguments += describe(L, index + i);
    }
    if (arguments.size() > longest) arguments = "…";
    return fmt::format("{}({})", name, arguments);
}

std::uint32_t Host::caller_line(lua_State* L) const {
    lua_Debug call{};
    for (int level = 0; lua_getstack(L, level, &call); ++level) {
        lua_getinfo(L, "Sl", &call);
        if (is_own(call.source) && call.currentline > 0) return static_cast<std::uint32_t>(call.currentline);
    }
    return 0;
}

std::string Host::assigned_name(lua_State* L, std::string_view call) const {
    return names_.assigned(caller_line(L), call).value_or("");
}

void Host::name_builtins(lua_State* L) {
    const auto collect = [&](const std::string& prefix) {
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
            if (lua_type(L, -2) != LUA_TSTRING || !lua_iscfunction(L, -1)) continue;
            std::string name = prefix + lua_tostring(L, -2);
            std::string& known = builtins_[lua_tocfunction(L, -1)];
            if (known.empty() || name < known) known = std::move(name);  // lua_next() has no order of its own
        }
    };
    lua_pushglobaltable(L);
    collect("");
    for (const char* library : {"blocking", "chan", "co", "coroutine", "event", "http", "math", "os", "process",
                                "string", "table", "tcp", "timer", "udp", "utf8", "world"}) {
        if (lua_getfield(L, -1, library) == LUA_TTABLE) collect(std::string(library) + ".");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

std::string_view Host::builtin_name(lua_State* L, int index) const {
    const auto found = builtins_.find(lua_tocfunction(L, index));
    return found == builtins_.end() ? std::string_view{} : found->second;
}

void Host::push_context(lua_State* L) {
    std::optional<Value>& context = *context_;
    if (!context) {
        lua_newtable(L);
        context.emplace(Value::pop(L));
    }
    context->push(L);
}

// -- limits ---------------------------------------------------------------------------------------------------------

void Host::exhaust(std::uint32_t line, std::string what, std::string remedy) {
    if (exhausted_) return;
    exhausted_ = Exhausted{line, std::move(what), std::move(remedy)};
    if (Scheduler* scheduler = Scheduler::current_or_null()) scheduler->stop(exhausted_->what);
    if (options_.was_exhausted) options_.was_exhausted();
}

void Host::waits(std::uint32_t line) {
    if (activation_) activation_->lines = activation_->slice = 0;
    did_once(line, "waits");
}

bool Host::must_leave() const {
    return is_killed_ || Scheduler::current().is_stopping() || (activation_ && activation_->is_over);
}

void Host::leave(lua_State* L) const {
    lua_pushstring(L, exhausted_ ? exhausted_->what.c_str() : "the run has ended");
    throw RunEnded{};
}

void Host::on_line(lua_State* L, lua_Debug* where) {
    Host& host = of(L);
    if (host.must_leave()) host.leave(L);
    lua_getinfo(L, "S", where);
    host.line_in_ = L;
    if (host.is_own(where->source) && !host.repeats()) {
        probe::line(host.options_.source, static_cast<std::uint32_t>(where->currentline));
    }
    if (!host.activation_) return;
    if (host.slice_lines_ != 0 && ++host.activation_->slice > host.slice_lines_) host.end_slice(L);
    if (!host.options_.lines || ++host.activation_->lines <= *host.options_.lines) return;
    host.exhaust(host.caller_line(L),
                 fmt::format("{} lines ran without a wait, the limit; nothing else had a turn meanwhile",
                             with_separators(*host.options_.lines)),
                 "End the loop, or add co.sleep(0) to it, so that others can run.");
    host.leave(L);
}

std::uint32_t Host::depth() const {
    constexpr int most = 250;
    lua_Debug call;
    int level = 0, stride = 1;  // each question counts from the innermost call on, so few are asked
    const auto has = [&](int one) { return one < most && line_in_ && lua_getstack(line_in_, one, &call) == 1; };
    while (has(level + stride)) level += stride, stride *= 2;
    for (; stride > 0; stride /= 2) {
        if (has(level + stride)) level += stride;
    }
    return static_cast<std::uint32_t>(level) + 1;
}

// The coroutine has had its lines: others run, then it goes on with the line that it is about to begin.
void Host::end_slice(lua_State* L) {
    Activation* const self = activation_;
    bool run_has_ended = false;
    try {
        Scheduler::current().cut(static_cast<std::int64_t>(slice_lines_));
    } catch (const Unwind&) {
        run_has_ended = true;
    }
    activation_ = self;
    if (run_has_ended) leave(L);
    self->slice = 1;
}

}  // namespace co::lessons
