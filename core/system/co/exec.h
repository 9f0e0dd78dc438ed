// exec: runs a command to its end and gives what it printed.
//
//     auto listed = co::exec("ls -l", {.deadline = 2s});
//     if (!listed) fmt::print("{}\n", listed.error().message());      // std::errc::timed_out
//     else if (listed->ok()) fmt::print("{}", listed->output);
//     else fmt::print("exit code {}\n", listed->exit_code);
//
// The line is one for the system's shell: on Linux `/bin/sh -c`, with nothing to read and this program's own standard
// error. The simulated machine has a few small programs (co/program.h). The coroutine parks; the command's end is an
// event of the loop. Called from inside a coroutine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <co/deadline.h>
#include <co/kernel.h>
#include <co/result.h>

namespace co {

struct ExecResult {
    std::string output;            // standard output, all of it
    int exit_code = 0;             // when it ended by itself
    std::optional<Signal> signal;  // when a signal ended it

    bool ok() const { return exit_code == 0 && !signal; }
};

struct ExecOptions {
    Deadline deadline = forever;
    std::size_t most_output = 16 * 1024 * 1024;  // bytes
};

/// Errors: std::errc::timed_out, std::errc::operation_canceled, std::errc::value_too_large when it printed more than
/// most_output; the command was then killed, with all that it started. Those of the system when it could not be
/// started. A command that the shell does not know is no error: its exit code is 127.
Result<ExecResult> exec(std::string_view command, const ExecOptions& options = {});

}  // namespace co
