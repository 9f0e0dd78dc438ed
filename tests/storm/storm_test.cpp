// The deterministic simulation test: storms over many seeds find nothing, and find what is planted.
#include "native/cli/storm.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "tests/sanitized.h"

namespace co::cli {
namespace {

/// COSTUDIO_SEEDS=100000 searches longer.
std::uint64_t how_many() {
    const char* asked = std::getenv("COSTUDIO_SEEDS");
    return asked ? std::strtoull(asked, nullptr, 10) : test::is_sanitized ? 100 : 1000;
}

/// A part of the seeds, so that the parts run side by side.
void search(std::uint64_t part, std::uint64_t parts) {
    StormReport sum;
    for (std::uint64_t seed = part; seed < how_many(); seed += parts) {
        for (ServerMode mode : {ServerMode::process, ServerMode::base}) {
            const StormReport report = run_storm({.seed = seed, .mode = mode});
            for (const std::string& line : report.wrong)
                FAIL_CHECK(line << "\n  again: ./costudio sim-test --from " << seed << " --seeds 1");
            sum.asked += report.asked;
            sum.answered += report.answered;
            sum.ended += report.ended;
        }
    }
    CHECK(sum.asked == sum.answered + sum.ended);
    CHECK(sum.answered > sum.asked / 2);  // there is trouble, but not only
    CHECK(sum.ended > 0);
}

/// What the search says of the first seed in which it finds the bug; empty: it did not.
std::string found(Bug bug) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const StormReport report = run_storm({.seed = seed, .planted = bug});
        if (report.wrong.empty()) continue;
        CHECK(run_storm({.seed = seed, .planted = bug}).wrong == report.wrong);  // the seed replays it
        CHECK(run_storm({.seed = seed}).wrong.empty());                          // and it is the bug's doing
        return report.wrong.front();
    }
    return {};
}

bool tells(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("storm: 1,000 seeds: every request answered once or its connection ended, nothing left over (part 1 of 4)") {
    search(0, 4);
}
TEST_CASE("storm: 1,000 seeds: every request answered once or its connection ended, nothing left over (part 2 of 4)") {
    search(1, 4);
}
TEST_CASE("storm: 1,000 seeds: every request answered once or its connection ended, nothing left over (part 3 of 4)") {
    search(2, 4);
}
TEST_CASE("storm: 1,000 seeds: every request answered once or its connection ended, nothing left over (part 4 of 4)") {
    search(3, 4);
}

TEST_CASE("storm: a planted lost wake-up is found") { CHECK(found(Bug::lost_wake_up) != ""); }

TEST_CASE("storm: a planted double close is found") {
    const std::string what = found(Bug::double_close);
    INFO(what);
    CHECK(tells(what, "closed"));
}

TEST_CASE("storm: a planted task without an answer is found") {
    const std::string what = found(Bug::unanswered_task);
    INFO(what);
    CHECK(tells(what, "neither finished nor failed"));
}

TEST_CASE("storm: the same seed gives the same trace, 100 of 100, and another seed another one") {
    for (std::uint64_t seed : {0u, 7u}) {
        const StormReport first = run_storm({.seed = seed, .hashes = true});
        int equal = 0;
        for (int again = 0; again < 100; ++again) equal += run_storm({.seed = seed, .hashes = true}).hash == first.hash;
        CHECK(equal == 100);
    }
    std::set<std::uint64_t> hashes;
    for (std::uint64_t seed = 0; seed < 20; ++seed) hashes.insert(run_storm({.seed = seed, .hashes = true}).hash);
    CHECK(hashes.size() == 20);
}

}  // namespace co::cli
