#include "lessons/host/chosen_order.h"

#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

// Three coroutines that stand in the ready queue together, in this order, after step 9.
constexpr const char* three_ready = "for i = 1, 3 do go(function() co.sleep(0) print(i) end) end print('main')";

SimOptions with(const std::string& schedule, std::uint64_t seed = 0) {
    return {.seed = seed, .schedule = parse_schedule(schedule)};
}

/// The step at which the loop runs somebody for the `nth` time.
std::uint32_t nth_run(const RunResult& run, int nth) {
    std::uint32_t step = 0;
    for (const auto& event : run.trace.events) {
        if (!co::trace::is_step(event.kind)) continue;
        ++step;
        if (event.kind == co::trace::EventKind::run && --nth == 0) return step;
    }
    return 0;
}

}  // namespace

TEST_CASE("chosen order: who was woken first, where nothing is chosen") {
    CHECK(output_of(three_ready) == "main\n1\n2\n3\n");
}

TEST_CASE("chosen order: the chosen one runs next, the others keep their order") {
    const std::uint32_t first = nth_run(run_script(three_ready), 1);
    const std::string step = std::to_string(first);
    CHECK(output_of(three_ready, with(step + ":3")) == "main\n3\n1\n2\n");
    CHECK(output_of(three_ready, with(step + ":2")) == "main\n2\n1\n3\n");
    CHECK(output_of(three_ready, with(step + ":1")) == "main\n1\n2\n3\n");
}

TEST_CASE("chosen order: one schedule, one history; and what comes before the choice is as it was") {
    const RunResult plain = run_script(three_ready);
    const std::uint32_t first = nth_run(plain, 1);
    const SimOptions options = with(std::to_string(first) + ":3");
    const RunResult chosen = run_script(three_ready, options);
    CHECK(hash(chosen.trace) == hash(run_script(three_ready, options).trace));
    CHECK(hash(chosen.trace) != hash(plain.trace));
    std::size_t same = 0;
    while (plain.trace.events[same] == chosen.trace.events[same]) ++same;
    CHECK(plain.trace.events[same].kind == co::trace::EventKind::run);
}

TEST_CASE("chosen order: a choice that can't be made is told, and the run goes its usual way") {
    const RunResult plain = run_script(three_ready);
    const std::string step = std::to_string(nth_run(plain, 1));
    const std::string remedy = " Choose anew";
    const RunResult absent = run_script(three_ready, with(step + ":9"));
    REQUIRE(absent.findings.size() == 1);
    CHECK(absent.findings[0].kind == FindingKind::schedule);
    CHECK(absent.findings[0].what ==
          "The choice " + step + ":9 can't be made: co#9 is not ready then; ready are co#1, co#2, co#3.");
    CHECK(absent.output == plain.output);
    CHECK(run_script(three_ready, with("2:1")).findings[0].what.starts_with("The choice 2:1 can't be made: nobody is"));
    CHECK(run_script(three_ready, with("999:1"))
              .findings[0]
              .what.starts_with("The choice 999:1 can't be made: the run ended after "));
    CHECK_FALSE(absent.ok());
}

TEST_CASE("chosen order: from a step on chance starts from another seed") {
    const std::string script = "print(math.random(1000)) co.sleep(1) print(math.random(1000))";
    const std::string first_of_seed_7 = output_of("print(math.random(1000))", {.seed = 7});
    const std::string plain = output_of(script);
    const std::string forked = output_of(script, with("3:seed7"));
    CHECK(forked.substr(0, forked.find('\n')) == plain.substr(0, plain.find('\n')));
    CHECK(forked.substr(forked.find('\n') + 1) == first_of_seed_7);
    CHECK(output_of(script, with("1:seed7")) == output_of(script, {.seed = 7}));
}
