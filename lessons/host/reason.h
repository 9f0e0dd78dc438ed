// reason_of(): why a call failed, in the one or two words that scripts compare with.
//
//     reason_of(std::make_error_code(std::errc::timed_out))     // "timeout"
#pragma once

#include <string>
#include <system_error>

struct lua_State;

namespace co::lessons {

std::string reason_of(std::error_code why);

/// true; or false and the reason.
int answer_outcome(lua_State* L, std::error_code why);
/// Answers nil and the reason.
int answer_nothing(lua_State* L, std::error_code why);

}  // namespace co::lessons
