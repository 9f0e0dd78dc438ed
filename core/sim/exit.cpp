#include <co/exit.h>

#include <cstdlib>
#include <stdexcept>

#include <co/scheduler.h>
#include <co/sim_kernel.h>

#include "world.h"

namespace co {

bool sim::World::exit(SimKernel& own, int exit_code) {
    if (own.own_) return false;
    own.thread_->process.end(exit_code, std::nullopt);
    own.world_->engine.hand_over(*own.thread_);  // for good: it throws ProcessKilled when the machine is taken down
    return true;
}

void process::exit(int exit_code) {
    if (auto* simulated = dynamic_cast<SimKernel*>(&Scheduler::current().kernel())) {
        if (!sim::World::exit(*simulated, exit_code))
            throw std::logic_error("exit() in a simulated machine's first process, which the machine cannot outlive");
        throw ProcessKilled{};
    }
    std::exit(exit_code);
}

}  // namespace co
