#include "lessons/host/reason.h"

#include <array>

#include "lessons/host/binding.h"

namespace co::lessons {
namespace {

struct Known {
    std::errc error;
    const char* word;
};

constexpr std::array words = {
    Known{std::errc::timed_out, "timeout"},
    Known{std::errc::operation_canceled, "cancelled"},
    Known{std::errc::connection_refused, "refused"},
    Known{std::errc::connection_reset, "reset"},
    Known{std::errc::broken_pipe, "reset"},
    Known{std::errc::connection_aborted, "cut off"},
    Known{std::errc::not_connected, "not connected"},
    Known{std::errc::bad_message, "refused packet"},
    Known{std::errc::message_size, "too large"},
    Known{std::errc::address_in_use, "address in use"},
    Known{std::errc::too_many_files_open, "too many files"},
    Known{std::errc::no_such_device_or_address, "unknown host"},
    Known{std::errc::no_such_process, "no such process"},
    Known{std::errc::no_child_process, "no such process"},
    Known{std::errc::host_unreachable, "unreachable"},
    Known{std::errc::network_unreachable, "unreachable"},
    Known{std::errc::no_such_file_or_directory, "not found"},
    Known{std::errc::permission_denied, "not allowed"},
    Known{std::errc::is_a_directory, "is a directory"},
    Known{std::errc::no_space_on_device, "disk full"},
    Known{std::errc::value_too_large, "too much output"},
    Known{std::errc::resource_unavailable_try_again, "too many processes"},
};

}  // namespace

std::string reason_of(std::error_code why) {
    for (const Known& known : words)
        if (why == known.error) return known.word;
    return why.message();
}

int answer_outcome(lua_State* L, std::error_code why) { return answer(L, !why, why ? reason_of(why) : ""); }

int answer_nothing(lua_State* L, std::error_code why) {
    lua_pushnil(L);
    const std::string reason = reason_of(why);
    lua_pushlstring(L, reason.data(), reason.size());
    return 2;
}

}  // namespace co::lessons
