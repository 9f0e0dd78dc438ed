// Subject: what a kind of event is about, so that whoever treats all of them can divide the work.
//
//     co::trace::Subject about = co::trace::subject_of(co::trace::EventKind::push);   // Subject::channel
#pragma once

#include <cstdint>

#include <co/event.h>

namespace co::trace {

enum class Subject : std::uint8_t {
    coroutine,  // its life: go, run, sleep, done, …
    family,     // what coroutines do to each other, and waits at several places: cancel, join, select
    channel,
    group,
    gate,
    timer,
    loop,        // event.defer, the loop's own calls, what holds its thread
    program,     // output, deadlock, stop
    descriptor,  // of sockets: waits, readiness, what was read and written
    network,     // hosts, and what is on its way between them
    process,     // processes, threads, signals
    server,      // its roles, what they tell each other, requests and tasks
    aside,       // calls that a helper thread makes, and commands
    shared,      // memory that processes share: Table, Atomic, Lock
    unknown,     // of a newer trace: passed over
};

Subject subject_of(EventKind kind);

}  // namespace co::trace
