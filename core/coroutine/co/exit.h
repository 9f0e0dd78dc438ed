// process::exit: ends this process as it stands.
//
//     if (players.empty()) co::process::exit(1);
//
// None of its coroutines goes on: no destructor of theirs runs, and no defer. Whoever waits for the process gets the
// exit code. On a real machine it is std::exit(); on the simulated one, where many processes live in one, it ends the
// simulated process. To end one coroutine, throw; to end a worker in good order, call Server::stop_worker().
#pragma once

namespace co::process {

/// From inside a coroutine. Throws std::logic_error in a simulated machine's first process, which it cannot outlive.
[[noreturn]] void exit(int exit_code);

}  // namespace co::process
