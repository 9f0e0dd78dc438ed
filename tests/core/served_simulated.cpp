// Served on a simulated machine, which counts what a server leaves behind.
#include <co/machine.h>

#include "tests/core/served.h"

namespace co::test {

void Served::visit_on_machine(Callable& visitors) {
    sim::Machine machine({.seed = seed_, .sink = &recorder_});
    sim::Host app = machine.host("app");
    app.start("visitors", [&] { run_visitors(visitors); });
    machine.run();
    CHECK(machine.failures() == Words{});
    const sim::MachineStats left = machine.stats();
    CHECK(left.alive == 0);
    CHECK(left.zombies == 0);
    CHECK(left.descriptors == 0);
    if (!is_to_be_killed) CHECK(left.shared_segments == 0);  // of its own accord nobody unmaps what a dead one mapped
    trace = recorder_.take();
}

std::string Served::holdings() { return {}; }
std::size_t Served::children() { return 0; }
std::string Served::holdings_left(const std::string&) { return {}; }

}  // namespace co::test
