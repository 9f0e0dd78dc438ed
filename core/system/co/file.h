// file: whole files, read and written without holding up the thread.
//
//     if (auto text = co::read_file("notes.txt")) fmt::print("{}", *text);
//     else fmt::print("{}\n", text.error().message());
//     if (!co::write_file("notes.txt", "milk\n", 2s)) return;
//
// The coroutine parks while a helper thread works (co/aside.h). On the simulated machine files are in memory, each
// host's own, and reading takes simulated time (docs/simulation.md). Errors: the system's own, std::errc::timed_out,
// std::errc::operation_canceled. Called from inside a coroutine.
#pragma once

#include <string>
#include <string_view>

#include <co/deadline.h>
#include <co/result.h>

namespace co {

/// All that stands in the file.
Result<std::string> read_file(std::string_view path, Deadline deadline = forever);

/// Puts `content` in the place of what the file held; makes the file when there is none. After a timeout or a cancel it
/// may still be written.
Result<void> write_file(std::string_view path, std::string_view content, Deadline deadline = forever);

}  // namespace co
