// chan.select{ {ch, "pop"}, {ch2, "push", v}, timeout = 1 }
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <co/select.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/lua_channel.h"

namespace co::lessons {
namespace {

// How the case that went on came out.
struct Outcome {
    ChannelStatus status = ChannelStatus::ok;
    std::optional<Value> value;  // of a pop
};

struct KeepPopped {
    Outcome* outcome;
    void operator()(Popped<Value> popped) const {
        outcome->status = popped.status();
        if (popped) outcome->value.emplace(*std::move(popped));
    }
};

struct KeepPushed {
    Outcome* outcome;
    void operator()(ChannelStatus status) const { outcome->status = status; }
};

// The cases of one call. What they need stays on the Lua stack, two places a case: its channel, and the value to push
// or nil. So neither is collected while the coroutine waits, whatever becomes of the script's own table meanwhile.
class Cases {
  public:
    explicit Cases(lua_State* L) : L_(L) {
        check_table(L, 1, "a table of cases is needed: {channel, \"pop\"} or {channel, \"push\", value}", {"timeout"});
        const auto count = static_cast<int>(lua_rawlen(L, 1));
        if (count == 0) bad_argument(L, 1, "at least one case is needed: {channel, \"pop\"}");
        luaL_checkstack(L, 2 * count + LUA_MINSTACK, "too many cases");
        deadline_ = check_timeout_field(L, 1);
        lua_settop(L, 1);
        for (int number = 1; number <= count; ++number) add(number);
    }

    int wait() {
        const std::size_t chosen = select_among(cases_, deadline_);
        if (chosen == select_cancelled || chosen == cases_.size()) {
            lua_pushnil(L_);
            lua_pushstring(L_, chosen == select_cancelled ? "cancelled" : "timeout");
            return 2;
        }
        lua_pushinteger(L_, static_cast<lua_Integer>(chosen) + 1);
        if (outcome_.status != ChannelStatus::ok) {
            lua_pushnil(L_);
            const std::string_view reason = name(outcome_.status);
            lua_pushlstring(L_, reason.data(), reason.size());
            return 3;
        }
        if (outcome_.value) {
            outcome_.value->push(L_);
        } else {
            lua_pushvalue(L_, value_index(static_cast<int>(chosen) + 1));
        }
        return 2;
    }

  private:
    static int value_index(int number) { return 2 * number + 1; }

    void add(int number) {
        if (lua_rawgeti(L_, 1, number) != LUA_TTABLE) wrong(number, "a table is needed, " + got(L_, -1));
        lua_rawgeti(L_, -1, 1);
        auto* channel = static_cast<LuaChannel*>(luaL_testudata(L_, -1, channel_type));
        if (!channel) wrong(number, "a channel must come first, " + got(L_, -1));
        lua_rawgeti(L_, -2, 2);
        const std::string action = lua_type(L_, -1) == LUA_TSTRING ? lua_tostring(L_, -1) : "";
        if (action != "pop" && action != "push") wrong(number, "\"pop\" or \"push\" comes second, " + got(L_, -1));
        lua_rawgeti(L_, -3, 3);
        const bool has_value = !lua_isnil(L_, -1);
        if (action == "push" && !has_value) wrong(number, "a channel carries no nil: the value to push comes third");
        if (action == "pop" && has_value) wrong(number, "a pop takes no value, " + got(L_, -1));
        // [case, channel, action, value] becomes [channel, value].
        lua_remove(L_, -2);
        lua_remove(L_, -3);
        if (action == "pop") {
            cases_.push_back(&pops_.emplace_back(*channel, KeepPopped{&outcome_}));
        } else {
            lua_pushvalue(L_, -1);
            cases_.push_back(&pushes_.emplace_back(*channel, Value::pop(L_), KeepPushed{&outcome_}));
        }
    }

    [[noreturn]] void wrong(int number, const std::string& why) {
        bad_argument(L_, 1, fmt::format("case {}: {}", number, why));
    }

    lua_State* L_;
    Deadline deadline_ = forever;
    Outcome outcome_;
    std::deque<PopCase<Value, KeepPopped>> pops_;
    std::deque<PushCase<Value, KeepPushed>> pushes_;
    std::vector<SelectCase*> cases_;
};

}  // namespace

int select_case(lua_State* L) { return Cases(L).wait(); }

}  // namespace co::lessons
