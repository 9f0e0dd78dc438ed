// blocking: hold the whole thread on purpose, to show what that does to everybody else.
//
//     co::blocking::sleep(1s);      // every coroutine and timer of this thread is late by a second
//
// Never in a server. On the simulated machine its time passes and nothing else runs.
#pragma once

#include <co/scheduler.h>

namespace co::blocking {

/// The thread sleeps, as with the system's own sleep().
inline void sleep(Duration duration) { Scheduler::current().block(duration, Holding::asleep); }
/// The thread computes.
inline void compute(Duration duration) { Scheduler::current().block(duration, Holding::computing); }

}  // namespace co::blocking
