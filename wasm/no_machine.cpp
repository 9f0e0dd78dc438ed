// run() where there is no machine to run on: in a browser programs run on simulated ones.
#include <co/run.h>

#include <stdexcept>

namespace co {

int run(Callable) { throw std::logic_error("a browser has no real machine: run this on a co::SimKernel"); }

}  // namespace co
