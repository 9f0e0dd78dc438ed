// co::run() for a lesson's twin: the simulated machine, so that its output is the same in every run and takes no time.
#include <cstdio>
#include <utility>

#include <co/run.h>
#include <co/scheduler.h>
#include <co/sim_kernel.h>

namespace co {

int run(Callable main) {
    SimKernel kernel;
    Scheduler scheduler(kernel);
    const RunReport report = scheduler.run(std::move(main));
    std::fputs(report.text().c_str(), stderr);
    return report.ok() ? 0 : 1;
}

}  // namespace co
