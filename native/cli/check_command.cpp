// costudio check [LESSON...]: every lesson against its expected output.
#include <iostream>

#include <fmt/format.h>

#include "native/cli/commands.h"
#include "native/cli/lesson_check.h"
#include "native/cli/subject.h"
#include "native/cli/values.h"

namespace co::cli {
namespace {

using co::lessons::Lesson;

struct CheckWords {
    std::vector<std::string> lessons;
    std::string seeds = "0";
};

std::vector<Lesson> lessons_of(const std::vector<std::string>& words) {
    if (words.empty()) return all_lessons();
    std::vector<Lesson> lessons;
    for (const std::string& word : words) lessons.push_back(find_subject(word));
    return lessons;
}

std::string counted(std::size_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

void print(const Lesson& lesson, const LessonCheck& check) {
    std::string languages;
    for (const std::string& language : check.languages) languages += ", " + language;
    std::cout << fmt::format("{} {} ({}, {}{})\n", check.problems.empty() ? "ok" : "FAILED", number_and_id(lesson),
                             counted(check.seeds, "seed"), counted(check.steps, "step"), languages);
    for (const std::string& problem : check.problems) {
        std::string text = "    " + problem;
        while (text.ends_with('\n')) text.pop_back();
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
            text.insert(at + 1, "    ");
        }
        std::cout << text << '\n';
    }
}

Exit check(const CheckWords& words) {
    Exit exit = Exit::ok;
    const std::uint64_t more_seeds = parse_whole_number(words.seeds).value();
    for (const Lesson& lesson : lessons_of(words.lessons)) {
        const LessonCheck result = check_lesson(lesson, more_seeds);
        print(lesson, result);
        if (!result.problems.empty()) exit = Exit::failed;
    }
    return exit;
}

}  // namespace

void add_check(CommandLine& line) {
    auto words = std::make_shared<CheckWords>();
    CLI::App& command =
        line.command("check", "Run lessons against their expected output", [words] { return check(*words); });
    command.add_option("LESSON", words->lessons, "Number, id or file; none: every lesson");
    command.add_option("--seeds", words->seeds, "Beside its own seeds, try 0 to N-1")
        ->type_name("N")
        ->check(whole_number());
}

}  // namespace co::cli
