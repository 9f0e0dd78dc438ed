// main() of the core's tests in node. It never returns: a run that switches stacks comes back to JavaScript in the
// middle, so the exit code has to be given by exit().
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

int main(int count, char** words) {
    setenv("COSTUDIO_PROGRAMS", "500", 0);  // natively all 10,000 of them; here the way of switching is on trial
    std::exit(doctest::Context(count, words).run());
}
