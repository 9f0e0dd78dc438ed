#include <co/run.h>

#include <cstdio>

#include <co/linux_kernel.h>
#include <co/overflow.h>
#include <co/scheduler.h>

namespace co {

int run(Callable main) {
    LinuxKernel kernel;
    OverflowReports reports;
    Scheduler scheduler(kernel);
    RunReport report = scheduler.run(std::move(main));
    std::fputs(report.text().c_str(), stderr);
    return report.ok() ? 0 : 1;
}

}  // namespace co
