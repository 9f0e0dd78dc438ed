// Where a script's coroutine stands, and who started it.
#include <co/coroutine.h>
#include <fmt/format.h>
#include <lua.hpp>

#include "lessons/host/host.h"

namespace co::lessons {
namespace {

std::string chip(CoroutineId id) { return id == 0 ? "main" : fmt::format("co#{}", id); }

}  // namespace

void Host::started(CoroutineId id, std::uint32_t line) { starts_[id] = {line, co::parent_id()}; }

std::uint32_t Host::started_line(CoroutineId id) const {
    const auto found = starts_.find(id);
    return found == starts_.end() ? 0 : found->second.line;
}

std::string Host::lua_place(std::uint32_t line) const { return fmt::format("{}:{}", chunk_name_.substr(1), line); }

std::string Host::function_name(const lua_Debug& call, const std::string& place) const {
    if (std::string_view(call.what) == "main") return "the script";
    const auto line = static_cast<std::uint32_t>(call.linedefined);
    return names_.function_at(line).value_or("the function of " + place);
}

// The calls of one Lua thread. It need not be the running one: a coroutine that is parked stands inside a binding.
void Host::add_calls(std::vector<std::string>& lines, lua_State* thread) const {
    lua_Debug call{};
    for (int level = 0; level < deepest_call_shown && lua_getstack(thread, level, &call); ++level) {
        lua_getinfo(thread, "nSl", &call);
        if (is_own(call.source) && call.currentline > 0) {
            const std::string definition = lua_place(static_cast<std::uint32_t>(call.linedefined));
            lines.push_back(fmt::format("{}: in {}", lua_place(static_cast<std::uint32_t>(call.currentline)),
                                        function_name(call, definition)));
        } else if (call.name) {
            lines.push_back(fmt::format("in {}()", call.name));
        }
    }
}

std::vector<std::string> Host::backtrace(CoroutineId id) const {
    std::vector<std::string> lines;
    if (!co::exists(id)) return lines;
    if (const auto found = activations_.find(id); found != activations_.end()) {
        const Activation& activation = *found->second;
        add_calls(lines, activation.innermost);
        if (activation.innermost != activation.thread) add_calls(lines, activation.thread);
    }
    for (std::optional<CoroutineId> child = id; child;) {
        const auto start = starts_.find(*child);
        if (start == starts_.end()) break;
        const std::string by = start->second.by ? chip(*start->second.by) : "the event loop";
        lines.push_back(fmt::format("{}: {} was started by {}", lua_place(start->second.line), chip(*child), by));
        child = start->second.by;
    }
    return lines;
}

}  // namespace co::lessons
