#include "shell.h"

#include <doctest/doctest.h>

using co::sim::Join;
using co::sim::parse_command;
using Words = std::vector<std::string>;

TEST_CASE("shell: words, quotes, and steps joined by semicolon, && and ||") {
    auto parsed = parse_command("echo 'two words' a\"b c\"d&&true||false ; exit  3");
    CHECK_FALSE(parsed.problem);
    REQUIRE(parsed.steps.size() == 4);
    CHECK(parsed.steps[0].words == Words{"echo", "two words", "ab cd"});
    CHECK(parsed.steps[1].words == Words{"true"});
    CHECK(parsed.steps[1].join == Join::if_ok);
    CHECK(parsed.steps[2].join == Join::if_failed);
    CHECK(parsed.steps[3].join == Join::always);
    CHECK(parsed.steps[3].words == Words{"exit", "3"});
    CHECK(parse_command(" ").steps.empty());
    CHECK(parse_command("echo ''").steps.at(0).words == Words{"echo", ""});
}

TEST_CASE("shell: what it does not understand it refuses, and says what") {
    for (const char* line : {"a | b", "a > b", "echo $HOME", "echo `a`", "a &", "echo *", "echo \"$x\""})
        CHECK_MESSAGE(parse_command(line).problem, line);
    CHECK(parse_command("a | b").problem == "| is not understood by the simulated machine's shell");
    CHECK(parse_command("echo 'a").problem == "a closing ' is missing");
}
