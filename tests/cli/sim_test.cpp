// costudio sim and run: a program's output, and reports that name the place.
#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/sanitized.h"

using co::tests::costudio;
using co::tests::Ended;
using co::tests::Folder;
using co::tests::has;

namespace {

constexpr const char* two_coroutines = R"(local ch = chan(1)
go(function() co.sleep(0.5) ch:push("tea") end)
print("waiting")
print("got " .. ch:pop() .. " at " .. now())
)";

std::vector<std::string> lesson_numbers() {
    std::vector<std::string> numbers;
    std::istringstream lines(costudio({"lessons"}).output);
    for (std::string line, number; std::getline(lines, line); numbers.push_back(number)) {
        std::istringstream(line) >> number;
    }
    return numbers;
}

}  // namespace

TEST_CASE("sim: prints what the program prints, in simulated time") {
    const Folder folder;
    const Ended ended = costudio({"sim", folder.write("tea.lua", two_coroutines)});
    CHECK(ended.code == 0);
    CHECK(ended.output == "waiting\ngot tea at 0.5\n");
    CHECK(ended.errors.empty());
}

TEST_CASE("sim: --until ends a program that never ends") {
    const Folder folder;
    const std::string file = folder.write("clock.lua", "timer.tick(100, function() print(now()) end)\n");
    const Ended ended = costudio({"sim", file, "--until", "250ms"});
    CHECK(ended.code == 0);
    CHECK(ended.output == "0.1\n0.2\n");
}

TEST_CASE("sim: --world puts clients around a server, and a world that can't be read is an error") {
    const Folder folder;
    const std::string server = folder.write("server.lua", R"(local server = tcp.Server("0.0.0.0", 9501)
server:on("receive", function(server, fd, reactor, data) server:send(fd, data:upper()) end)
server:start()
print("stopped")
)");
    const std::string world = folder.write("world.lua", R"(world.on("client", function()
  local c = tcp.Client()
  c:connect("app", 9501)
  c:send("x")
  print(c:recv())
end)
)");
    const Ended ended = costudio({"sim", server, "--world", world});
    CHECK(ended.output == "X\nstopped\n");
    CHECK(ended.code == 0);
    CHECK(costudio({"sim", server, "--world", "nowhere.lua"}).code == 2);
}

TEST_CASE("sim: --events prints each step in place of the output") {
    const Folder folder;
    const Ended ended = costudio({"sim", folder.write("tea.lua", two_coroutines), "--events"});
    CHECK(ended.code == 0);
    CHECK(ended.output.starts_with("    1 "));
    CHECK(has(ended.output, "co#1"));
    CHECK(has(ended.output, "0.500 s"));
    CHECK(std::ranges::count(ended.output, '\n') > 8);
}

TEST_CASE("sim: --trace writes what Perfetto reads") {
    const Folder folder;
    const std::string trace = folder.file("trace.json");
    const Ended ended = costudio({"sim", folder.write("tea.lua", two_coroutines), "--trace", trace});
    CHECK(ended.code == 0);
    CHECK(ended.output == "waiting\ngot tea at 0.5\n");
    const auto json = nlohmann::json::parse(co::tests::read(trace));
    CHECK(json.at("traceEvents").size() > 8);

    const Ended refused = costudio({"sim", "12", "--trace", folder.file("nowhere/trace.json")});
    CHECK(refused.code == 1);
    CHECK(has(refused.errors, "nowhere/trace.json can't be written"));
}

TEST_CASE("sim: what goes wrong is told with file, line and remedy") {
    const Folder folder;
    std::string text, place, what;
    SUBCASE("a syntax error") { text = "print('a')\nprint('b'\nprint('c')\n", place = ":3: ", what = "print"; }
    SUBCASE("an uncaught error") { text = "print('a')\nerror('no tea')\n", place = ":2: ", what = "no tea"; }
    SUBCASE("an uncaught error in a coroutine") {
        text = "go(function()\n  error('no tea')\nend)\n", place = ":2: ", what = "co#1";
    }
    SUBCASE("a deadlock") { text = "local ch = chan(1)\nch:pop()\n", place = ":2", what = "pop"; }
    SUBCASE("an endless loop") {
        text = "while true do\n  local n = 1\nend\n", place = ":2: ", what = "without a wait";
    }

    const std::string file = folder.write("broken.lua", text);
    const Ended ended = costudio({"sim", file});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.errors, file + place), ended.errors);
    CHECK_MESSAGE(has(ended.errors, what), ended.errors);
    CHECK_MESSAGE(std::ranges::count(ended.errors, '\n') >= 2, ended.errors);
}

TEST_CASE("sim: the same seed gives the same history over every way of switching coroutines") {
    const auto other = co::tests::costudio_over_ucontext();
    if (!std::filesystem::exists(other)) {
        MESSAGE("a release build has one way only");
        return;
    }
    const Folder folder;
    const std::vector<std::string> numbers = lesson_numbers();
    REQUIRE(numbers.size() >= 4);
    for (const std::string& lesson : numbers) {
        for (int seed = 0; seed < (co::test::is_sanitized ? 1 : 3); ++seed) {
            CAPTURE(lesson);
            CAPTURE(seed);
            const std::string here = folder.file("here.json");
            const std::string there = folder.file("there.json");
            const std::string number = std::to_string(seed);
            const Ended first = costudio({"sim", lesson, "--seed", number, "--events", "--trace", here});
            const Ended second =
                co::tests::run_program(other, {"sim", lesson, "--seed", number, "--events", "--trace", there});
            CHECK(first.code == second.code);
            CHECK_FALSE(first.output.empty());
            if (!co::test::is_sanitized) CHECK(first.errors == second.errors);  // AddressSanitizer warns of ucontext
            CHECK(first.output == second.output);
            CHECK(co::tests::read(here) == co::tests::read(there));
        }
    }
}

TEST_CASE("run: the same script on the real machine") {
    const Folder folder;
    const std::string file = folder.write("real.lua", R"(go(function() co.sleep(0.001) print("slept") end)
print(os.getenv("COSTUDIO_GREETING"))
)");
    const Ended ended = costudio({"run", file}, {"COSTUDIO_GREETING=hello"});
    CHECK(ended.code == 0);
    CHECK(ended.output == "hello\nslept\n");
}

TEST_CASE("run: an uncaught error ends with 1 and its place") {
    const Folder folder;
    const std::string file = folder.write("broken.lua", "print('a')\nerror('no tea')\n");
    const Ended ended = costudio({"run", file});
    CHECK(ended.code == 1);
    CHECK(ended.output == "a\n");
    CHECK_MESSAGE(has(ended.errors, file + ":2: "), ended.errors);
}

TEST_CASE("play: without a terminal, the output in plain text") {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"play", "12"}, {"12"}}) {
        const Ended ended = costudio(words);
        CHECK(ended.code == 0);
        CHECK(has(ended.output, "got tea"));
        CHECK(!has(ended.output, "\033"));
    }
}

TEST_CASE("sim: a schedule decides who runs next, from a list or a file, the same every time") {
    const Folder folder;
    const std::string file = folder.write("two.lua", "for i = 1, 2 do go(function() co.sleep(0) print(i) end) end\n");
    CHECK(costudio({"sim", file}).output == "1\n2\n");
    CHECK(costudio({"sim", file, "--schedule", "7:2"}).output == "2\n1\n");
    const std::string list = folder.write("choices.txt", "7:co#2\n");
    CHECK(costudio({"sim", file, "--schedule", list}).output == "2\n1\n");
    const Ended wrong = costudio({"sim", file, "--schedule", "7"});
    CHECK(wrong.code == 2);
    CHECK_MESSAGE(has(wrong.errors, "`7` is no choice of a schedule"), wrong.errors);
    const Ended misfit = costudio({"sim", file, "--schedule", "5:2"});
    CHECK(misfit.code == 1);
    CHECK_MESSAGE(has(misfit.errors, "The choice 5:2 can't be made"), misfit.errors);

    const std::string first = folder.file("first.json"), second = folder.file("second.json");
    costudio({"sim", file, "--schedule", "7:2", "--trace", first});
    costudio({"sim", file, "--schedule", "7:2", "--trace", second});
    CHECK(co::tests::read(first) == co::tests::read(second));
}
