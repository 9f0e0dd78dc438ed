// ServerError: why a server could not do what it was asked to, as std::error_code.
//
//     co::Result<void> sent = server.send(7, "hello");
//     if (sent.error() == co::ServerError::closed) fmt::print("{}\n", sent.error().message());
//
// Scripts see the same words as their reason.
#pragma once

#include <cstdint>
#include <system_error>

namespace co {

enum class ServerError : std::uint8_t {
    closed = 1,       // there is no such connection, or it is being closed
    full,             // its output buffer has no room for that
    timeout,          // the task did not finish in time
    cancelled,        // the wait was cancelled
    no_task_workers,  // the settings have none
    no_such_worker,
    queue_full,      // too many tasks wait for that task worker
    in_task_worker,  // a task worker cannot give tasks
    worker_died,     // the task's worker ended over it
    task_failed,     // its handler ended by an exception
    no_answer,       // its handler ended without finish()
    not_running,     // there is no worker here: call it from an event
};

[[gnu::cold]] const std::error_category& server_category();
inline std::error_code make_error_code(ServerError error) { return {static_cast<int>(error), server_category()}; }

}  // namespace co

template <>
struct std::is_error_code_enum<co::ServerError> : std::true_type {};
