#include "lessons/format/predict.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

std::string predict_error(const std::string& text) {
    try {
        parse_predict({text, 20}, {"a.md", 0});
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("predict: question, choices, and why") {
    const Predict predict = parse_predict(
        {"Which line\nfollows?\n- [ ] got tea\n  why: It is ready,\n  but not first.\n- [x] milk pushed\n", 20},
        {"a.md", 0});
    CHECK(predict.question == "Which line follows?");
    REQUIRE(predict.choices.size() == 2);
    CHECK(predict.choices[0].text == "got tea");
    CHECK_FALSE(predict.choices[0].right);
    CHECK(predict.choices[0].why == "It is ready, but not first.");
    CHECK(predict.choices[1].text == "milk pushed");
    CHECK(predict.choices[1].right);
    CHECK(predict.choices[1].why.empty());
}

TEST_CASE("predict: each complaint names the place and the remedy") {
    CHECK(predict_error("- [x] a\n- [ ] b\n  why: c\n") ==
          "a.md:20: the question is missing; write it in the fence's first line");
    CHECK(predict_error("q\n- [y] a\n").starts_with("a.md:21: `- [y] a` is no choice; write `- [ ] a choice`"));
    CHECK(predict_error("q\n- [x] a\n").starts_with("a.md:20: a question needs at least two choices; "));
    CHECK(predict_error("q\n- [x] a\n- [x] b\n") ==
          "a.md:20: 2 choices are marked as right; mark exactly one with `[x]`");
    CHECK(predict_error("q\n- [x] a\n- [ ] b\n") ==
          "a.md:20: the wrong choice `b` doesn't say why it is wrong; write `  why: …` below it");
    CHECK(predict_error("q\n  why: x\n- [x] a\n").starts_with("a.md:21: this `why:` belongs to no choice; "));
}
