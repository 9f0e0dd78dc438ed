#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("sandbox: the real machine is out of reach") {
    CHECK(output_of("print(io, package, debug, require, dofile, loadfile, warn, os.getenv, string.dump)") ==
          "nil\tnil\tnil\tnil\tnil\tnil\tnil\tnil\tnil\n");
}

TEST_CASE("sandbox: os.exit() ends the run where it stands") {
    CHECK(output_of("defer(print, 'deferred') go(function() co.sleep(1) print('late') end)\n"
                    "pcall(function() print('here') os.exit(3) end) print('behind')") == "here\n");
    CHECK(error_of("os.exit(256)").starts_with("bad argument #1 to 'exit' (the exit code must be a whole number"));
}

TEST_CASE("sandbox: load takes text only, and runs it") {
    CHECK(output_of("print(load('return 1 + 1')())") == "2\n");
    CHECK(output_of("print(load('\\27Lua'))").find("attempt to load a binary chunk") != std::string::npos);
    CHECK(output_of("print(load('\\27Lua', 'x', 'b'))").find("attempt to load a binary chunk") != std::string::npos);
    CHECK(output_of("x = 1 print(load('return x', 'n', 't', {x = 2})())") == "2\n");
    CHECK(output_of("print(load('return x', 'n', 't', nil))").find("function") == 0);
}

TEST_CASE("sandbox: the clock is the simulated one") {
    CHECK(output_of("local t = os.time() co.sleep(90.5) print(os.time() - t, os.clock(), now())") ==
          "90\t90.5\t90.5\n");
}

TEST_CASE("sandbox: no address is ever shown") {
    CHECK(output_of(R"lua(
        local t = {}
        print(t, {}, t, print, function() end, coroutine.create(print), string.format)
        print(tostring(t), string.format("%s|%5.1f|%s%%", t, 2, print), chan(1)))lua") ==
          "table: 1\ttable: 2\ttable: 1\tfunction: print\tfunction: 1\tthread: 1\tfunction: string.format\n"
          "table: 1\ttable: 1|  2.0|function: print%\tchan #1\n");
    CHECK(error_of("string.format('%p', {})").find("addresses differ from run to run") != std::string::npos);
    CHECK(error_of("string.format('%d', {})").starts_with("bad argument #2 to 'format' (number expected, got table)"));
    CHECK(output_of("print(setmetatable({}, {__tostring = function() return 'me' end}))") == "me\n");
}

TEST_CASE("sandbox: what hangs on the collector's timing is refused with a reason") {
    CHECK(error_of("setmetatable({}, {__gc = print})").find("use defer() to clean up") != std::string::npos);
    CHECK(error_of("setmetatable({}, {__mode = 'k'})").find("__mode is not available") != std::string::npos);
    CHECK(error_of("collectgarbage('count')").find("`costudio run` has it") != std::string::npos);
    CHECK(output_of("print(collectgarbage(), collectgarbage('step'))") == "0\t0\n");
    CHECK(output_of("print(getmetatable(chan(1)))") == "false\n");
}

TEST_CASE("sandbox: chance comes from the seed") {
    const std::string script = "print(math.random(), math.random(6), math.random(-3, 3), math.random(0))";
    CHECK(output_of(script, {.seed = 1}) == output_of(script, {.seed = 1}));
    CHECK(output_of(script, {.seed = 1}) != output_of(script, {.seed = 2}));
    CHECK(
        output_of("math.randomseed(5) local a = math.random(1000) math.randomseed(5) print(a == math.random(1000))") ==
        "true\n");
    CHECK(output_of(R"lua(
        local seen = {}
        for i = 1, 1000 do local n = math.random(6) assert(n >= 1 and n <= 6) seen[n] = true end
        local x = math.random() assert(x >= 0 and x < 1)
        print(#seen, math.random(7, 7), pcall(math.random, 2, 1)))lua")
              .starts_with("6\t7\tfalse\t"));
}
