#include "failure_text.h"

#include <algorithm>
#include <array>

namespace co {
namespace {

struct Known {
    std::errc error;
    const char* text;
};

constexpr std::array known_failures = {
    Known{std::errc::timed_out, "Connection timed out"},
    Known{std::errc::operation_canceled, "Operation canceled"},
    Known{std::errc::connection_refused, "Connection refused"},
    Known{std::errc::connection_reset, "Connection reset by peer"},
    Known{std::errc::connection_aborted, "Software caused connection abort"},
    Known{std::errc::broken_pipe, "Broken pipe"},
    Known{std::errc::not_connected, "Transport endpoint is not connected"},
    Known{std::errc::message_size, "Message too long"},
    Known{std::errc::address_in_use, "Address already in use"},
    Known{std::errc::too_many_files_open, "Too many open files"},
    Known{std::errc::host_unreachable, "No route to host"},
    Known{std::errc::network_unreachable, "Network is unreachable"},
    Known{std::errc::not_enough_memory, "Cannot allocate memory"},
    Known{std::errc::no_buffer_space, "No buffer space available"},
};

}  // namespace

std::string failure_text(std::error_code why) {
    const auto* known =
        std::find_if(known_failures.begin(), known_failures.end(), [&](const Known& one) { return why == one.error; });
    return known == known_failures.end() ? why.message() : known->text;
}

}  // namespace co
