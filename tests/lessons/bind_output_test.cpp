#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("print: tabs between, a newline after, one step for each line") {
    const auto run = run_script("print('a', 1, nil, true) print() print('x\\ny')");
    CHECK(run.output == "a\t1\tnil\ttrue\n\nx\ny\n");
    std::vector<std::string> lines;
    for (const auto& event : run.trace.events) {
        if (event.kind == co::trace::EventKind::print) lines.emplace_back(run.trace.text(event));
    }
    CHECK(lines == std::vector<std::string>{"a\t1\tnil\ttrue", "", "x", "y"});
}

TEST_CASE("dump: nested tables, keys in order, no address, no endless circle") {
    CHECK(output_of(R"lua(
        local t = {1, "two", {x = 0.5}, name = "n", [true] = {}}
        t.self = t
        dump(t)
        dump("x"))lua") == R"({
  1,
  "two",
  {
    x = 0.5,
  },
  name = "n",
  self = (a table around this one),
  [true] = {},
}
"x"
)");
    CHECK(error_of("dump()").starts_with("bad argument #1 to 'dump' (value expected)"));
}

TEST_CASE("print: more than the limit ends the run with a report") {
    const auto run =
        run_script("pcall(function()\n while true do print(('x'):rep(1000)) co.sleep(0) end\nend)\nprint('no')");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].kind == FindingKind::budget);
    CHECK(run.findings[0].line == 2);
    CHECK(run.findings[0].what == "the script printed more than 1024 KiB, the limit");
    CHECK(run.output.find("no") == std::string::npos);
}
