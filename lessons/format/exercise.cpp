#include "lessons/format/exercise.h"

#include <fmt/format.h>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

Goal goal_of(const std::string& text, std::string_view attribute, const Place& place) {
    try {
        return parse_goal(text);
    } catch (const ConditionError& error) {
        place.fail(fmt::format("`{}=\"{}\"` can't be checked", attribute, text), error.what());
    }
}

void join(std::string& text, std::string_view more) {
    if (!text.empty() && !more.empty()) text += ' ';
    text += more;
}

/// Whether `line` begins with `word`; then without it.
bool cut_word(std::string_view& line, std::string_view word) {
    if (!line.starts_with(word)) return false;
    line = trim(line.substr(word.size()));
    return true;
}

}  // namespace

Try parse_try(const Fence& fence, const FenceInfo& info, const Place& place) {
    Try task;
    task.goal = goal_of(info.attributes.at("goal"), "goal", place);
    task.line = fence.first_line;
    task.hints.push_back(info.attributes.at("hint"));
    bool in_hints = false;
    for (std::string_view line : lines_of(fence.text)) {
        line = trim(line);
        if (task.title.empty()) {
            task.title = line;
        } else if (cut_word(line, "hint:")) {
            in_hints = true;
            task.hints.emplace_back(line);
        } else {
            join(in_hints ? task.hints.back() : task.prose, line);
        }
    }
    if (task.title.empty()) place.fail("the exercise has no title", "write it in the fence's first line");
    return task;
}

Break parse_break(const Fence& fence, const FenceInfo& info, const Place& place) {
    Break challenge;
    challenge.invariant = goal_of(info.attributes.at("invariant"), "invariant", place);
    challenge.line = fence.first_line;
    std::string choices;
    for (std::string_view line : lines_of(fence.text)) {
        line = trim(line);
        if (challenge.title.empty()) {
            challenge.title = line;
        } else if (cut_word(line, "schedule:")) {
            join(choices, line);
        } else {
            join(challenge.prose, line);
        }
    }
    if (challenge.title.empty()) place.fail("the challenge has no title", "write it in the fence's first line");
    try {
        challenge.schedule = parse_schedule(choices);
    } catch (const ScheduleError& error) {
        place.fail("the challenge's schedule can't be read", error.what());
    }
    if (challenge.schedule.empty()) {
        place.fail("the challenge ships no schedule that wins", "add a line `schedule: 14:3 22:main`");
    }
    return challenge;
}

}  // namespace co::lessons
