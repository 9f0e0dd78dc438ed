// A script that runs again in a process that it has started: silently, up to the call that started it.
#include <utility>

#include <fmt/format.h>
#include <lua.hpp>

#include "lessons/host/host.h"
#include "lessons/host/processes.h"

namespace co::lessons {

Processes& Host::processes(lua_State* L, const char* call) const {
    if (!options_.processes) luaL_error(L, "%s is not available here: this machine has no processes", call);
    return *options_.processes;
}

std::vector<StartCall> Host::begin_start(lua_State* L, const char* call, Arrive arrive) {
    if (once_ && options_.sandboxed) {
        const std::string place = once_->line > 0 ? fmt::format(" at line {}", once_->line) : "";
        luaL_error(L,
                   "%s: the script %s%s before it, and every process begins with running the script up to here again; "
                   "do that inside an event, worker_start for instance",
                   call, once_->what.c_str(), place.c_str());
    }
    std::vector<StartCall> way = way_;
    way.push_back({++start_calls_, std::move(arrive)});
    return way;
}

bool Host::passes(lua_State* L, void* object) {
    if (!repeats()) return false;
    if (++start_calls_ < way_[steps_].number) return true;
    Activation* const self = activation_;
    way_[steps_++].arrive(*this, object);
    self->is_over = true;
    activation_ = self;
    leave(L);
}

void Host::did_once(std::uint32_t line, std::string what) {
    if (once_) return;
    once_ = Once{line, std::move(what)};
    shared_.close();
}

}  // namespace co::lessons
