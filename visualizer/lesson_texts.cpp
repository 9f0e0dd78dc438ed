#include "visualizer/lesson_texts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace co::studio {
namespace {

RunStyle style_of(lessons::RunStyle style) {
    switch (style) {
        case lessons::RunStyle::plain:
            return RunStyle::plain;
        case lessons::RunStyle::strong:
            return RunStyle::strong;
        case lessons::RunStyle::emphasis:
            return RunStyle::emphasis;
        case lessons::RunStyle::code:
            return RunStyle::code;
    }
    return RunStyle::plain;
}

BlockKind kind_of(lessons::BlockKind kind) {
    switch (kind) {
        case lessons::BlockKind::paragraph:
            return BlockKind::paragraph;
        case lessons::BlockKind::heading:
            return BlockKind::heading;
        case lessons::BlockKind::bullet:
            return BlockKind::bullet;
        case lessons::BlockKind::code:
            return BlockKind::code;
    }
    return BlockKind::paragraph;
}

ProblemKind kind_of(lessons::FindingKind kind) {
    switch (kind) {
        case lessons::FindingKind::syntax_error:
            return ProblemKind::syntax_error;
        case lessons::FindingKind::uncaught_error:
            return ProblemKind::uncaught_error;
        case lessons::FindingKind::deadlock:
            return ProblemKind::deadlock;
        case lessons::FindingKind::budget:
            return ProblemKind::budget;
        case lessons::FindingKind::horizon:
            return ProblemKind::horizon;
        case lessons::FindingKind::schedule:
            return ProblemKind::schedule;
    }
    return ProblemKind::uncaught_error;
}

}  // namespace

LessonText lesson_text_of(const lessons::Lesson& lesson, const std::vector<lessons::Lesson>& course) {
    LessonText text;
    text.number = lesson.order;
    // "of 37" only where all of them are there: the numbers are the curriculum's.
    for (const lessons::Lesson& other : course) {
        text.count = std::max(text.count, other.order);
        text.has_previous = text.has_previous || other.order < lesson.order;
        text.has_next = text.has_next || other.order > lesson.order;
    }
    if (text.count != course.size()) text.count = 0;
    text.chapter = lesson.chapter;
    text.title = lesson.title;
    for (const lessons::Block& block : lesson.prose) {
        Block& shown = text.blocks.emplace_back(Block{kind_of(block.kind), {}});
        for (const lessons::Run& run : block.runs) shown.runs.push_back({style_of(run.style), run.text});
    }
    if (lesson.predict) {
        text.question = lesson.predict->question;
        for (const auto& choice : lesson.predict->choices)
            text.choices.push_back({choice.text, choice.right, choice.why});
    }
    for (const lessons::Try& task : lesson.tries) {
        text.tasks.push_back({.title = task.title,
                              .prose = task.prose,
                              .goal = task.goal.text,
                              .hints = task.hints,
                              .solution = task.solution ? task.solution->text : ""});
    }
    if (lesson.challenge) {
        text.challenge = {.title = lesson.challenge->title,
                          .prose = lesson.challenge->prose,
                          .invariant = lesson.challenge->invariant.text};
    }
    return text;
}

void judge(LessonText& text, const lessons::Lesson& lesson, const lessons::Outcome& outcome) {
    for (std::size_t i = 0; i < lesson.tries.size(); ++i) {
        const lessons::Clause* missing = lessons::first_unmet(lesson.tries[i].goal, outcome);
        text.tasks[i].met = missing == nullptr;
        text.tasks[i].missing = missing ? missing->text : "";
    }
    if (lesson.challenge) text.challenge->holds = lessons::is_met(lesson.challenge->invariant, outcome);
}

CodeText code_text_of(const lessons::Lesson& lesson, bool is_lesson) {
    CodeText text;
    text.file = lesson.file.string();
    text.first_line = std::max(1U, lesson.program.first_line);
    text.name = is_lesson ? "main.lua" : lesson.file.filename().string();
    text.program = lesson.program.text;
    if (lesson.cpp) text.twin = lesson.cpp->text;
    return text;
}

InspectorTab first_panel_of(const lessons::Lesson& lesson) {
    static constexpr std::array<std::string_view, 6> names{"channels",  "timers", "reactor",
                                                           "processes", "stack",  "waits"};
    if (lesson.panels.empty()) return InspectorTab::channels;
    const auto found = std::find(names.begin(), names.end(), lesson.panels.front());
    return found == names.end() ? InspectorTab::channels : static_cast<InspectorTab>(found - names.begin());
}

Problem problem_of(const lessons::Finding& finding) {
    return {kind_of(finding.kind), 0, finding.file, finding.line, finding.what, finding.remedy};
}

Problem problem_of(const lessons::LessonError& error, const std::filesystem::path& file) {
    Problem problem{ProblemKind::syntax_error,
                    0,
                    file.string(),
                    0,
                    error.what(),
                    "Save the mended file: it is read again at once."};
    // "lesson.md:12: what": the place is a field of its own.
    const std::string place = file.string() + ":";
    if (problem.what.starts_with(place)) {
        const char* begin = problem.what.data() + place.size();
        const char* end = problem.what.data() + problem.what.size();
        const char* after = std::from_chars(begin, end, problem.line).ptr;
        while (after != end && (*after == ':' || *after == ' ')) ++after;
        problem.what = std::string(after, end);
    }
    return problem;
}

}  // namespace co::studio
