// How a simulated process ends by itself.
#include <stdexcept>

#include <co/sim_kernel.h>

#include "world.h"

namespace co {

void SimKernel::exit_process(int exit_code) {
    if (own_) throw std::logic_error("exit() in a simulated machine's first process, which the machine cannot outlive");
    thread_->process.end(exit_code, std::nullopt);
    world_->engine.hand_over(*thread_);  // for good: it throws ProcessKilled when the machine is taken down
    throw ProcessKilled{};
}

}  // namespace co
