// event::add: calls you each time that a descriptor is ready.
//
//     co::event::add(fd, [] { read(); });              // and as a third argument: what is called when there is room
//     co::timer::after(1s, [] { co::event::del(fd); });
//
// Each direction has one coroutine, which waits and calls, so a callback may wait: what becomes ready meanwhile is
// called for afterwards. A callback that throws is reported and not called again. As long as a descriptor is there to
// be called for, the run goes on. Called from inside a coroutine. (Tutorial 8, "event".)
#pragma once

#include <co/reactor.h>

namespace co::event {

/// An empty Callable: not for that direction. Throws std::logic_error when both are empty or `fd` has been added
/// already, std::system_error when the kernel cannot watch it. `name`: of the coroutines, for reports and the studio.
inline void add(Fd fd, Callable on_read, Callable on_write = {}, std::string name = {}) {
    Reactor::current().add(fd, std::move(on_read), std::move(on_write), std::move(name));
}

/// Whether it was there. A callback that runs comes to its end. Closing a descriptor does the same.
inline bool del(Fd fd) { return Reactor::current().del(fd); }

}  // namespace co::event
