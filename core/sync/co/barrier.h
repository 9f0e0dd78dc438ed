// Barrier: nobody goes on until all have arrived.
//
//     co::Barrier round(3);
//     for (auto& player : players) co::go([&] { player.move(); round.wait(); player.look(); });
//
// Reusable: when the last one arrives, the next round begins. Called from inside a coroutine.
#pragma once

#include <co/gate.h>

namespace co {

class Barrier : public Gate {
  public:
    /// Throws std::invalid_argument for fewer than one.
    explicit Barrier(std::int64_t parties, std::string name = {});

    /// Waits for the others; the last to arrive does not wait. One that gives up counts as not arrived.
    WaitStatus wait(Deadline deadline = forever);

  private:
    std::int64_t parties_;
};

}  // namespace co
