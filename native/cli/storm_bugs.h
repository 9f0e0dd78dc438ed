// Bugs that are planted under a server, to see that a search finds them: between it and its kernel, so that no code of
// the runtime knows of them.
//
//     app.start_bare("server", with_bug(Bug::double_close, seed, body));
//
//     lost_wake_up     once, a descriptor that somebody wants to wait for is not watched
//     double_close     once, a descriptor is closed a second time, a moment later
//     unanswered_task  once, a task's result never reaches the worker that waits for it
#pragma once

#include <cstdint>

#include <co/kernel.h>

#include "native/cli/storm.h"

namespace co::cli {

/// Numbers from a seed that have nothing to do with those of a machine.
class PlainChance {
  public:
    explicit PlainChance(std::uint64_t seed) : state_(seed * 2 + 1) {}
    std::uint64_t next() {
        state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;  // Knuth, MMIX
        return state_ >> 33;
    }

  private:
    std::uint64_t state_;
};

/// The same body, on a kernel with that bug; all processes and threads that it starts have it, too. When it strikes
/// comes from the seed.
ProcessBody with_bug(Bug bug, std::uint64_t seed, ProcessBody body);

}  // namespace co::cli
