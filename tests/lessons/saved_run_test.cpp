#include "lessons/host/saved_run.h"

#include <doctest/doctest.h>

#include <co/trace.h>

#include "tests/lessons/run_script.h"

using co::lessons::Finding;
using co::lessons::read_saved_run;
using co::lessons::RunResult;
using co::lessons::save_run;
using co::lessons::SavedRunError;

namespace {

RunResult failing_run() {
    return co::lessons::simulate({.name = "main.lua", .text = "print('tea')\ngo(error, 'spilt')\nco.yield()"},
                                 {.seed = 42});
}

}  // namespace

TEST_CASE("saved run: everything comes back") {
    const RunResult run = failing_run();
    const RunResult again = read_saved_run(save_run(run));
    CHECK(again.trace == run.trace);
    CHECK(again.trace.seed == 42);
    CHECK(again.output == "tea\n");
    REQUIRE(run.findings.size() == 2);
    REQUIRE(again.findings.size() == run.findings.size());
    for (std::size_t i = 0; i < run.findings.size(); ++i) {
        const Finding &before = run.findings[i], &after = again.findings[i];
        CHECK(after.kind == before.kind);
        CHECK(after.script_line == before.script_line);
        CHECK(after.report() == before.report());
    }
}

TEST_CASE("saved run: bytes that are cut off anywhere are refused, with a sentence") {
    const std::string bytes = save_run(failing_run());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_THROWS_AS(read_saved_run(std::string_view(bytes).substr(0, length)), SavedRunError);
    CHECK_THROWS_WITH(read_saved_run("PK\3\4"),
                      "This is no saved run that can be read: it does not begin like one (byte 0 of 4). Open one that "
                      "costudio has written.");
}

TEST_CASE("saved run: one changed byte is refused or gives a run, never more than its events can hold") {
    const std::string bytes = save_run(failing_run());
    const auto events = failing_run().trace.events.size();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string broken = bytes;
        broken[at] = static_cast<char>(broken[at] ^ 0x80);
        try {
            for (const co::trace::Event& event : read_saved_run(broken).trace.events)
                CHECK((event.coroutine == co::trace::nobody || event.coroutine <= events));
        } catch (const SavedRunError&) {
            continue;  // that is the other right answer
        }
    }
}
