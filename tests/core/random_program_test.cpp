#include "tests/core/random_program.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace co::test;

namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

/// COSTUDIO_PROGRAMS=1000000 searches longer.
std::uint64_t how_many() {
    const char* asked = std::getenv("COSTUDIO_PROGRAMS");
    return asked ? std::strtoull(asked, nullptr, 10) : 10'000;
}

}  // namespace

TEST_CASE("random programs: the scheduler says line by line what the simple model of the rules says") {
    std::size_t lines = 0;
    for (std::uint64_t seed = 1; seed <= how_many(); ++seed) {
        Program program = random_program(seed);
        std::vector<std::string> real = run_for_real(program);
        lines += real.size();
        if (real == run_by_the_rules(program)) continue;
        Program smallest = minimised(program);
        FAIL("program ", seed, " differs; the smallest that does:\n", to_text(smallest), "the scheduler said:\n",
             joined(run_for_real(smallest)), "by the rules:\n", joined(run_by_the_rules(smallest)));
    }
    CHECK(lines > how_many() * 5);
}

TEST_CASE("random programs: a program keeps its difference while it is made smaller") {
    // The reduction itself is tested on a program that cannot differ: nothing may be left out.
    Program program = random_program(7);
    CHECK(to_text(minimised(program)) == to_text(program));
}
