#include "lessons/format/fence.h"

#include <doctest/doctest.h>

#include "lessons/format/lesson.h"

using namespace co::lessons;

namespace {

std::string fence_error(const std::string& info) {
    try {
        parse_fence_info(info, {"a.md", 3});
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("fence: the words say what it is for") {
    const Place place{"a.md", 3};
    CHECK(parse_fence_info("lua run", place).role == FenceRole::program);
    CHECK(parse_fence_info("expect", place).role == FenceRole::expect);
    CHECK(parse_fence_info("cpp", place).role == FenceRole::cpp);
    CHECK(parse_fence_info("predict", place).role == FenceRole::predict);
    CHECK(parse_fence_info("lua", place).role == FenceRole::shown);
    CHECK(parse_fence_info("", place).role == FenceRole::shown);
}

TEST_CASE("fence: an attribute in either kind of quotes") {
    const Place place{"a.md", 3};
    CHECK(parse_fence_info("checkpoint at=\"push results\"", place).attributes.at("at") == "push results");
    CHECK(parse_fence_info("checkpoint at='print \"got tea\"'", place).attributes.at("at") == "print \"got tea\"");
}

TEST_CASE("fence: each complaint names the place and the remedy") {
    CHECK(fence_error("lua rum") == "a.md:3: unknown kind of fence `lua rum`; did you mean `lua run`?");
    CHECK(
        fence_error("python").starts_with("a.md:3: unknown kind of fence `python`; known are `lua run`, `lua world`"));
    CHECK(fence_error("expected") == "a.md:3: unknown kind of fence `expected`; did you mean `expect`?");
    CHECK(fence_error("checkpoint") ==
          "a.md:3: a `checkpoint` fence needs the attribute `at`; write ```checkpoint at=\"push results\"");
    CHECK(fence_error("expect at=\"x\"") == "a.md:3: a `expect` fence has no attribute `at`; write ```expect");
    CHECK(fence_error("checkpoint at=push") ==
          "a.md:3: the value of `at` isn't between two quotes; write at=\"…\" or at='…'");
    CHECK(fence_error("checkpoint at=\"push") ==
          "a.md:3: the value of `at` isn't between two quotes; write at=\"…\" or at='…'");
}
