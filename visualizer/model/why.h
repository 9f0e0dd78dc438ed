// Why: the second half of a sentence, for one family of steps each; sentences.cpp puts the halves together.
//
//     gate_call(moment)    // "lock()"
//     why_gate(moment)     // "co#1 holds door, so co#2 waits"
#pragma once

#include <string>
#include <string_view>

#include "visualizer/model/sentences.h"

namespace co::studio {

/// Of mutexes, semaphores and barriers.
std::string gate_call(const Moment& moment);
std::string why_gate(const Moment& moment);

/// Of select, join and cancel.
std::string family_call(const Moment& moment);
std::string why_family(const Moment& moment);

/// Of event.defer, the event loop's own calls, and what holds the thread.
std::string loop_call(const Moment& moment);
std::string why_loop(const Moment& moment);

/// Of descriptors: waits, what was read and written, connections that come and go.
std::string why_descriptor(const Moment& moment);
/// Of what is on its way between machines.
std::string why_network(const Moment& moment);
/// Of a server's roles, as far as they make a coroutine wait; of the others what the trace says.
std::string why_server_waits(const Moment& moment);
/// Of a server's parts: what they tell each other, requests and tasks.
std::string why_server(const Moment& moment);

/// Of memory that processes share: Table, Atomic, Lock.
std::string shared_call(const Moment& moment);
std::string why_shared(const Moment& moment);

/// ", at most until 0.500 s"; empty where the wait has no deadline.
std::string or_by_timeout(const Moment& moment);

/// Who took the step, as the studio writes coroutines: "co#2".
std::string doer(const Moment& moment);
/// What the step itself tells in words.
std::string_view text_of(const Moment& moment);

}  // namespace co::studio
