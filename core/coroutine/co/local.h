// Local<T>: a variable that each coroutine has for itself.
//
//     static co::Local<std::string> user;
//     co::go([] { *user = "ann"; co::sleep(1s); greet(*user); });   // still ann
//     co::go([] { *user = "ben"; });
//
// A coroutine's value is made when it first looks at it, and destroyed when it ends. Used from inside a coroutine; the
// Local itself must outlive all of them. (Tutorial 3.x, "context"; scripts: co.context().)
#pragma once

#include <co/scheduler.h>

namespace co {

template <typename T>
class Local {
  public:
    Local() = default;
    Local(const Local&) = delete;
    Local& operator=(const Local&) = delete;

    T& operator*() { return *get(); }
    T* operator->() { return get(); }

  private:
    T* get() {
        return static_cast<T*>(Scheduler::current().local(
            this, [] { return static_cast<void*>(new T()); }, [](void* value) { delete static_cast<T*>(value); }));
    }
};

}  // namespace co
