// Each line of a trace tells how many calls of the script are in each other there.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

namespace {

/// The most calls that were in each other, by coroutine.
std::map<std::uint32_t, std::int64_t> deepest(const std::string& script) {
    const RunResult run = run_script(script);
    REQUIRE(run.ok());
    std::map<std::uint32_t, std::int64_t> most;
    for (const auto& event : run.trace.events) {
        if (event.kind == EventKind::line) most[event.coroutine] = std::max(most[event.coroutine], event.value);
    }
    return most;
}

}  // namespace

TEST_CASE("depth: each coroutine counts its own calls") {
    const auto most = deepest(R"(
local function down(n)
  if n == 0 then co.sleep(0.1) return 0 end
  local below = down(n - 1)
  return below
end
go(function() down(9) end)
go(function()
  local a = 1
end)
local b = 2)");
    CHECK(most == std::map<std::uint32_t, std::int64_t>{{0, 1}, {1, 11}, {2, 1}});
}

TEST_CASE("depth: a call by way of Lua's own functions counts with them, and beyond 250 none is counted") {
    CHECK(deepest("pcall(function()\n  local a = 1\nend)")[0] == 3);  // the chunk, pcall, the function
    CHECK(deepest("local function down(n)\n  if n > 0 then local a = down(n - 1) end\nend\ndown(2000)")[0] == 250);
}
