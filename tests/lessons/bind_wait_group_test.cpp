#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("WaitGroup: wait() returns when all are done, and it can be used again") {
    CHECK(output_of(R"lua(
        local group = WaitGroup()
        for round = 1, 2 do
          group:add(2)
          for i = 1, 2 do go(function() defer(function() group:done() end) co.sleep(i) end) end
          print(group:wait(), now())
        end)lua") == "true\t2.0\ntrue\t4.0\n");
}

TEST_CASE("WaitGroup: a timeout, and no wait at all") {
    CHECK(output_of(R"lua(
        local group = WaitGroup()
        print(group:wait())
        group:add()
        print(group:wait(0.5)) print(now()))lua") == "true\nfalse\ttimeout\n0.5\n");
}

TEST_CASE("WaitGroup: misuse is an error") {
    CHECK(error_of("WaitGroup():done()").find("more often than add()") != std::string::npos);
    CHECK(error_of("WaitGroup():add(-1)").find("negative") != std::string::npos);
    CHECK(error_of("WaitGroup():add('x')").starts_with("bad argument #1 to 'add' (count must be a whole number"));
    CHECK(error_of("WaitGroup():wait('x')").starts_with("bad argument #1 to 'wait' (timeout"));
    CHECK(output_of(R"lua(
        local group = WaitGroup()
        group:add()
        go(function() group:wait() end)
        print(pcall(group.add, group))
        group:done())lua")
              .find("while somebody waits") != std::string::npos);
}
