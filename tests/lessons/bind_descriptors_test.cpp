#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("event.add: the function is called with the descriptor each time that something is there") {
    CHECK(output_of(R"lua(
        local left, right = event.pair()
        event.add(left, function(fd)
            local bytes = event.read(fd)
            print(bytes == "" and "end" or bytes, fd == left)
            if bytes == "" then print(event.del(fd), event.close(fd)) end
        end)
        for _, word in ipairs{"one", "two"} do print(event.write(right, word)) co.sleep(0.1) end
        print(event.close(right)))lua") == "true\none\ttrue\ntrue\ntwo\ttrue\ntrue\nend\ttrue\ntrue\ttrue\n");
}

TEST_CASE("event.read: parks until there is something, or its timeout, and an unknown descriptor has its reason") {
    CHECK(output_of(R"lua(
        local left, right = event.pair()
        timer.after(100, function() event.write(right, "late") end)
        print(event.read(left, 0))
        print(event.read(left, 0.05), now())
        print(event.read(left), now())
        print(event.close(right), event.close(right))
        print(event.read(left) == "", event.write(left, "x")))lua") ==
          "nil\ttimeout\nnil\t0.05\nlate\t0.1\ntrue\tfalse\tBad file descriptor\ntrue\tfalse\treset\n");
}

TEST_CASE(
    "event.add: misuse is an error that names the argument, and a forgotten descriptor is a deadlock with a remedy") {
    CHECK(error_of("event.add('x', print)").starts_with("bad argument #1 to 'add' (the descriptor must be"));
    CHECK(error_of("event.add(99, print)") ==
          "bad argument #1 to 'add' (descriptor 99 cannot be watched: Bad file descriptor)\n");
    CHECK(error_of("event.add(99)") == "bad argument #3 to 'add' (a function is needed, got nothing)\n");
    const auto run = run_script("event.add(event.pair(), print)");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].remedy.starts_with("Close or event.del() the descriptor"));
}
