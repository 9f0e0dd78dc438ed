// The words for what went wrong, the same on every machine, because they stand in traces: a system's own are not
// (glibc says "Connection timed out", musl "Operation timed out").
#pragma once

#include <string>
#include <system_error>

namespace co {

std::string failure_text(std::error_code why);

}  // namespace co
