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

TEST_CASE("check: a translation that lacks something, and one that is up to date") {
    const Folder folder;
    const std::string file = folder.write(
        "small.md", lesson("print('tea')\n", "tea\n", "\n```checkpoint at=\"print tea\"\nTea\nIt is hot.\n```\n"));
    const std::string front = "---\ntitle: Petite\nchapter: Essais\nof: ";
    folder.write("small.fr.md", front + "old\n---\nDe la prose.\n");
    const Ended stale = costudio({"check", file});
    CHECK(stale.code == 1);
    CHECK_MESSAGE(has(stale.output, "FAILED 90 small (1 seed, "), stale.output);
    CHECK_MESSAGE(has(stale.output, "checkpoint at=\"print tea\" is missing"), stale.output);
    const std::string asks = "then write of: ";
    const std::size_t digest = stale.output.find(asks);
    REQUIRE(digest != std::string::npos);
    const std::string of = stale.output.substr(digest + asks.size(), 8);
    folder.write("small.fr.md", front + '"' + of + "\"\n---\nDe la prose.\n");
    const Ended fresh = costudio({"check", file});
    CHECK_MESSAGE(!has(fresh.output, asks), fresh.output);
    CHECK_MESSAGE(has(fresh.output, ", fr)"), fresh.output);
}

TEST_CASE("check: a lesson that can't be read names its place") {
    const Folder folder;
    const std::string file = folder.write("small.md", "---\nid: small\n---\nNothing to run.\n");
    const Ended ended = costudio({"check", file});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.errors, file), ended.errors);
}

namespace {

constexpr const char* two_ready =
    "for i = 1, 2 do go(function() co.sleep(0) print(i) end) end\n";  // main, then 1, then 2

}  // namespace

TEST_CASE("check: a challenge holds by itself and is broken by its schedule") {
    const Folder folder;
    const auto challenge = [&](const std::string& invariant, const std::string& schedule) {
        return costudio(
            {"check", folder.write("small.md", lesson(two_ready, "1\n2\n",
                                                      "\n```break invariant=\"" + invariant +
                                                          "\"\nTurn them round\nschedule: " + schedule + "\n```\n"))});
    };
    const Ended good = challenge("print 1 before print 2", "7:2");
    CHECK_MESSAGE(good.code == 0, good.output);
    const Ended weak = challenge("print 1 before print 2", "7:1");
    CHECK(weak.code == 1);
    CHECK_MESSAGE(has(weak.output, "a schedule that does not win: with 7:1 the invariant still holds"), weak.output);
    const Ended wrong = challenge("print 1 before print 2", "7:7");
    CHECK_MESSAGE(has(wrong.output, "The choice 7:7 can't be made: co#7 is not ready then"), wrong.output);
    const Ended broken = challenge("print 2 before print 1", "7:2");
    CHECK_MESSAGE(has(broken.output, "an invariant that seed 0 breaks already"), broken.output);
}

TEST_CASE("check: an exercise is open at first and closed by its solution") {
    const Folder folder;
    const auto exercise = [&](const std::string& goal, const std::string& solution) {
        return costudio({"check", folder.write("small.md", lesson("print(1)\n", "1\n",
                                                                  "\n```try goal=\"" + goal +
                                                                      "\" hint=\"h\"\nPrint two\n```\n" + solution))});
    };
    const std::string right = "\n```lua solution\nprint(2)\n```\n";
    CHECK(exercise("print 2", right).code == 0);
    CHECK_MESSAGE(has(exercise("print 1", right).output, "is solved before anything is changed"), "");
    CHECK_MESSAGE(has(exercise("print 3", right).output, "misses its goal at `print 3`"), "");
    CHECK_MESSAGE(has(exercise("print 2", "").output, "has no solution"), "");
}
