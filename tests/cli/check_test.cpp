// costudio check: lessons that keep their promises, and those that do not.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using co::tests::costudio;
using co::tests::Ended;
using co::tests::Folder;
using co::tests::has;

namespace {

// A lesson file around a program and its promise.
std::string lesson(const std::string& program, const std::string& expect, const std::string& more = "") {
    return "---\nid: small\ntitle: A small lesson\nchapter: Tests\norder: 90\n---\nSome prose.\n\n```lua run\n" +
           program + "```\n\n```expect\n" + expect + "```\n" + more;
}

}  // namespace

TEST_CASE("check: every lesson of the course keeps its promises") {
    const Ended ended = costudio({"check", "--seeds", "20"});
    CHECK_MESSAGE(ended.code == 0, (ended.output + ended.errors));
    for (const char* line : {"ok 5 timers (20 seeds, ", "ok 12 channels (20 seeds, ", "ok 14 ", "ok 23 "}) {
        CHECK_MESSAGE(has(ended.output, line), ended.output);
    }
}

TEST_CASE("check: one lesson, by number, id or file") {
    const Folder folder;
    CHECK(costudio({"check", "12"}).output.starts_with("ok 12 channels ("));
    CHECK(costudio({"check", "channels"}).output.starts_with("ok 12 channels ("));
    const Ended ended = costudio({"check", folder.write("small.md", lesson("print('tea')\n", "tea\n"))});
    CHECK_MESSAGE(ended.code == 0, (ended.output + ended.errors));
    CHECK(ended.output.starts_with("ok 90 small (1 seed, "));
}

TEST_CASE("check: another output is shown beside the expected one") {
    const Folder folder;
    const std::string file = folder.write("small.md", lesson("print('tea')\nprint('milk')\n", "tea\nwater\n"));
    const Ended ended = costudio({"check", file});
    CHECK(ended.code == 1);
    CHECK(ended.output.starts_with("FAILED 90 small"));
    CHECK_MESSAGE(has(ended.output, "      tea\n    - water\n    + milk\n"), ended.output);
}

TEST_CASE("check: a checkpoint that is never reached") {
    const Folder folder;
    const std::string file = folder.write(
        "small.md", lesson("print('tea')\n", "tea\n", "\n```checkpoint at=\"print milk\"\nMilk\nIt comes.\n```\n"));
    const Ended ended = costudio({"check", file});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.output, "never gets to the checkpoint `print milk`"), ended.output);
}

TEST_CASE("check: a program that ends with an error") {
    const Folder folder;
    const std::string file = folder.write("small.md", lesson("print('tea')\nerror('spilled')\n", "tea\n"));
    const Ended ended = costudio({"check", file});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.output, "spilled"), ended.output);
    CHECK_MESSAGE(has(ended.output, file + ":11"), ended.output);
}

TEST_CASE("check: a lesson that can't be read names its place") {
    const Folder folder;
    const std::string file = folder.write("small.md", "---\nid: small\n---\nNothing to run.\n");
    const Ended ended = costudio({"check", file});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.errors, file), ended.errors);
}
