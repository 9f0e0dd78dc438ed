// What costudio makes of the words it is called with.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using co::tests::costudio;
using co::tests::Ended;
using co::tests::Folder;
using co::tests::has;

TEST_CASE("words: --version says the version") {
    const Ended ended = costudio({"--version"});
    CHECK(ended.code == 0);
    CHECK(ended.output == "costudio 0.1.0\n");
}

TEST_CASE("words: --help lists every command") {
    const Ended ended = costudio({"--help"});
    CHECK(ended.code == 0);
    for (const char* word :
         {"[LESSON|FILE]", "play", "sim", "run", "lessons", "check", "shot", "build", "test", "bench"}) {
        CHECK_MESSAGE(has(ended.output, word), word);
    }
}

TEST_CASE("words: each command explains itself") {
    for (const char* command : {"play", "sim", "run", "lessons", "check", "shot"}) {
        CAPTURE(command);
        const Ended ended = costudio({command, "--help"});
        CHECK(ended.code == 0);
        CHECK(has(ended.output, std::string("Usage: ./costudio ") + command));
        CHECK(ended.errors.empty());
    }
}

TEST_CASE("words: what is unknown ends with 2 and a suggestion") {
    std::vector<std::string> words;
    std::string suggestion;
    SUBCASE("a mistyped command") { words = {"chekc"}, suggestion = "did you mean `check`?"; }
    SUBCASE("a mistyped command of the launcher") { words = {"biuld"}, suggestion = "did you mean `build`?"; }
    SUBCASE("a mistyped lesson") { words = {"chanels"}, suggestion = "did you mean `channels`?"; }
    SUBCASE("a mistyped lesson after a command") {
        words = {"sim", "chanels"}, suggestion = "did you mean `channels`?";
    }
    SUBCASE("a lesson's number that is not there") { words = {"check", "99"}, suggestion = "./costudio lessons"; }
    SUBCASE("a mistyped option") { words = {"sim", "12", "--evnts"}, suggestion = "did you mean `--events`?"; }
    SUBCASE("a mistyped option with a value") {
        words = {"sim", "12", "--sede=3"}, suggestion = "did you mean `--seed`?";
    }
    SUBCASE("a mistyped option of the program") { words = {"--versoin"}, suggestion = "did you mean `--version`?"; }
    SUBCASE("a mistyped command with its file") { words = {"simm", "a.lua"}, suggestion = "did you mean `sim`?"; }
    SUBCASE("a word too many") { words = {"sim", "12", "14"}, suggestion = "one word too many: 14"; }
    SUBCASE("a file that is not there") { words = {"sim", "nowhere.lua"}, suggestion = "there is no file nowhere.lua"; }
    SUBCASE("a missing file") { words = {"sim"}, suggestion = "FILE"; }
    SUBCASE("a seed that is no number") { words = {"sim", "12", "--seed", "x"}, suggestion = "no whole number"; }
    SUBCASE("a negative seed") { words = {"sim", "12", "--seed", "-1"}, suggestion = "no whole number"; }
    SUBCASE("a time without its unit") { words = {"sim", "12", "--until", "5"}, suggestion = "250ms, 2s or 1.5s"; }
    SUBCASE("a size that is none") { words = {"shot", "12", "--size", "big", "-o", "a.png"}, suggestion = "1280x800"; }
    SUBCASE("a theme that is none") { words = {"shot", "12", "--theme", "blue", "-o", "a.png"}, suggestion = "dark"; }
    SUBCASE("a step and a time") {
        words = {"shot", "12", "--step", "1", "--at", "1s", "-o", "a.png"}, suggestion = "--step";
    }
    CAPTURE(words.front());
    const Ended ended = costudio(words);
    CHECK(ended.code == 2);
    CHECK(ended.output.empty());
    CHECK_MESSAGE(has(ended.errors, suggestion), ended.errors);
}

TEST_CASE("words: the launcher's work is named, not done") {
    const Ended ended = costudio({"build"});
    CHECK(ended.code == 2);
    CHECK(has(ended.errors, "./costudio build"));
}

TEST_CASE("words: lessons lists number, id and title") {
    const Ended ended = costudio({"lessons"});
    CHECK(ended.code == 0);
    CHECK(has(ended.output, " 5  timers "));
    CHECK(has(ended.output, "12  channels"));
    CHECK(has(ended.output, "go + chan + defer\n"));
}

TEST_CASE("words: COSTUDIO_LESSONS names another folder of lessons") {
    const Ended ended = costudio({"lessons"}, {"COSTUDIO_LESSONS=/nowhere/lessons"});
    CHECK(ended.code == 1);
    CHECK(has(ended.errors, "/nowhere/lessons"));
    CHECK(has(ended.errors, "COSTUDIO_LESSONS"));
}
