// interfere(): lets go wrong on a simulated machine what a schedule says: a message lost or late, a process killed, two
// computers parted.
//
//     const std::string why_not = interfere(machine, Kill{6}, [] { … });   // empty: it will
#pragma once

#include <functional>
#include <string>

#include <co/machine.h>

#include "lessons/format/schedule.h"

namespace co::lessons {

/// Why it can't be, and what could; empty: it will. Called in the midst of a step: messages meet it at once, processes
/// and ways as soon as whoever runs now waits. `after_kill`: once a process has been killed.
std::string interfere(co::sim::Machine& machine, const Decision& what, std::function<void()> after_kill);

}  // namespace co::lessons
