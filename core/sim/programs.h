// Programs: those that every simulated host has, and how one ends whose reader is gone.
//
//     install_programs(host);      // cat, echo, sleep, …
#pragma once

#include <co/program.h>

namespace co::sim {

struct Computer;

/// Leaves a program whose output nobody reads any more.
struct OutputClosed {};

void install_programs(Computer& host);

}  // namespace co::sim
