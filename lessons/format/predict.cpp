#include "lessons/format/predict.h"

#include <algorithm>

#include <fmt/format.h>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

constexpr std::string_view choice_example = "write `- [ ] a choice` or `- [x] the right one`, and `  why: …` below it";

void join_line(std::string& text, std::string_view more) {
    if (!text.empty()) text += ' ';
    text += more;
}

Choice parse_choice(std::string_view line, const Place& place) {
    const bool right = line.starts_with("- [x] ");
    if (!right && !line.starts_with("- [ ] ")) place.fail(fmt::format("`{}` is no choice", line), choice_example);
    return {std::string(trim(line.substr(6))), right, ""};
}

void check(const Predict& predict, const Place& place) {
    if (predict.question.empty()) place.fail("the question is missing", "write it in the fence's first line");
    if (predict.choices.size() < 2) place.fail("a question needs at least two choices", choice_example);
    const auto right = std::count_if(predict.choices.begin(), predict.choices.end(),
                                     [](const Choice& choice) { return choice.right; });
    if (right != 1) {
        place.fail(fmt::format("{} choices are marked as right", right), "mark exactly one with `[x]`");
    }
    for (const auto& choice : predict.choices) {
        if (choice.right || !choice.why.empty()) continue;
        place.fail(fmt::format("the wrong choice `{}` doesn't say why it is wrong", choice.text),
                   "write `  why: …` below it");
    }
}

}  // namespace

Predict parse_predict(const Fence& fence, const Place& file) {
    Predict predict;
    std::string* growing = &predict.question;  // what a plain line is joined to
    std::uint32_t number = fence.first_line;
    for (const std::string_view whole : lines_of(fence.text)) {
        const Place place = file.at(number++);
        const std::string_view line = trim(whole);
        if (line.empty()) continue;
        if (line.starts_with("- ")) {
            predict.choices.push_back(parse_choice(line, place));
            growing = &predict.choices.back().text;
        } else if (line.starts_with("why:")) {
            if (predict.choices.empty()) place.fail("this `why:` belongs to no choice", choice_example);
            growing = &predict.choices.back().why;
            join_line(*growing, trim(line.substr(4)));
        } else {
            join_line(*growing, line);
        }
    }
    check(predict, file.at(fence.first_line));
    return predict;
}

}  // namespace co::lessons
