// run(): a whole program on the real machine, in one line.
//
//     int main() {
//         return co::run([] { co::go([] { co::sleep(10ms); }); });
//     }
#pragma once

#include <co/callable.h>

namespace co {

/// Runs `main` as the main coroutine until all coroutines have ended and no timer is set. Returns 0, or 1 after writing
/// to standard error what went wrong: a deadlock, or an exception that nobody caught. A stack overflow ends the process
/// and says in which coroutine. Implemented by the platform.
int run(Callable main);

}  // namespace co
