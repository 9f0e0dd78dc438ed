// OneUser: lets one coroutine at a time into a call, and names both when a second one comes.
//
//     co::OneUser receiving;                                // of the client
//     co::OneUser::Turn turn(receiving, "receive()");       // throws while another coroutine is inside
//
// What a client protects its answers with: two coroutines that read one connection would get each other's.
#pragma once

#include <optional>
#include <string_view>

#include <co/scheduler.h>

namespace co {

class OneUser {
  public:
    class Turn {
      public:
        /// Throws std::logic_error that names `call` and both coroutines.
        Turn(OneUser& user, std::string_view call);
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() { user_.inside_.reset(); }

      private:
        OneUser& user_;
    };

  private:
    std::optional<CoroutineId> inside_;
};

}  // namespace co
