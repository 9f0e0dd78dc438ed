// Exit: how costudio ends, as its caller sees it.
#pragma once

#include <stdexcept>

namespace co::cli {

enum class Exit : int { ok = 0, failed = 1, misunderstood = 2 };

/// For a word on the command line that nothing can be done with: its message goes to standard error, with
/// Exit::misunderstood.
struct Misunderstood : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace co::cli
