// A small server's history: a client, a master with a reactor, a manager, worker 0 that is killed and replaced, a task
// worker that blocks. One request goes through all of them.
#pragma once

#include <co/trace.h>

namespace co::studio {

trace::Trace server_trace();

/// The numbers that this trace gives them.
inline constexpr std::uint32_t client_number = 2, manager_number = 3, reactor_number = 4, worker_number = 5,
                               task_worker_number = 6, replacement_number = 7;

}  // namespace co::studio
