#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

TEST_CASE("co.exec: exit code and output, while others run") {
    CHECK(output_of(R"lua(
        go(function() co.sleep(0.1) print("other", now()) end)
        local ran = co.exec("sleep 0.5; echo done && exit 3")
        print(ran.code, ran.signal, now())
        io = ran.output
        print((io:gsub("\n", "!")))
        print(co.exec("frobnicate").code))lua") == "other\t0.1\n3\t0\t0.5\ndone!\n127\n");
}

TEST_CASE("co.exec: a timeout kills it") {
    CHECK(output_of("print(co.exec('sleep 10', 0.25)) print(now())") == "nil\ttimeout\n0.25\n");
}

TEST_CASE("co.read_file, co.write_file: park the coroutine, and a missing file and a full disk have their reasons") {
    const auto run = run_script(R"lua(
        print(co.read_file("notes.txt"))
        print(co.write_file("notes.txt", "milk\nbread"))
        print(co.read_file("notes.txt"))
        print(co.exec("cat notes.txt").output)
        print(co.write_file("big", ("x"):rep(20000000)), co.write_file("b2", ("x"):rep(20000000)),
              co.write_file("b3", ("x"):rep(20000000)), co.write_file("b4", ("x"):rep(20000000)))
        print(co.read_file("notes.txt", 0)))lua");
    CHECK(run.ok());
    CHECK(run.output ==
          "nil\tnot found\ntrue\nmilk\nbread\nmilk\nbread\ntrue\ttrue\ttrue\tnil\tdisk full\nnil\ttimeout\n");
    CHECK(events_of(run, {EventKind::aside_wait}).front() == "0 aside_wait 0 read_file(notes.txt)");
    CHECK(events_of(run, {EventKind::aside_done}).front() == "loop aside_done 0 read_file(notes.txt)");
}

TEST_CASE("co.resolve: an address, or that nobody has the name") {
    CHECK(output_of("print(co.resolve('localhost')) print(co.resolve('10.1.2.3')) print(co.resolve('nowhere'))") ==
          "127.0.0.1\n10.1.2.3\nnil\tunknown host\n");
}

TEST_CASE("calls: cancelled says so, and misuse is an error that names the argument") {
    CHECK(output_of(R"lua(
        local id = go(function() print(co.exec("sleep 10")) end)
        local file = go(function() print(co.read_file("a")) end)
        print(co.cancel(id), co.cancel(file)))lua") == "true\ttrue\nnil\tcancelled\nnil\tcancelled\n");
    CHECK(error_of("co.exec()") == "bad argument #1 to 'exec' (the command must be a string, got nothing)\n");
    CHECK(error_of("co.write_file('a', {})") ==
          "bad argument #2 to 'write_file' (the text must be a string, got table)\n");
    CHECK(error_of("co.resolve('a', 'b')")
              .starts_with("bad argument #2 to 'resolve' (timeout (-1: never) must be a number of seconds"));
}
