#include <co/run.h>

#include <cstdio>
#include <system_error>

#include <co/linux_kernel.h>
#include <co/overflow.h>
#include <co/scheduler.h>

namespace co {

int run(Callable main) try {
    LinuxKernel kernel;
    OverflowReports reports;
    Scheduler scheduler(kernel);
    RunReport report = scheduler.run(std::move(main));
    std::fputs(report.text().c_str(), stderr);
    return report.ok() ? 0 : 1;
} catch (const std::system_error& error) {  // the machine has not even what the event loop needs
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}

}  // namespace co
