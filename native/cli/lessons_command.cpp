// costudio lessons
#include <iomanip>
#include <iostream>
#include <memory>

#include "lessons/format/course_json.h"
#include "native/cli/commands.h"
#include "native/cli/subject.h"

namespace co::cli {
namespace {

Exit list_lessons(bool as_json) {
    const std::vector<co::lessons::Lesson> lessons = all_lessons();
    if (as_json) {
        std::cout << co::lessons::course_json(lessons) << '\n';
        return Exit::ok;
    }
    std::size_t widest = 0;
    for (const auto& lesson : lessons) widest = std::max(widest, lesson.id.size());
    for (const auto& lesson : lessons) {
        std::cout << std::setw(2) << lesson.order << "  " << std::left << std::setw(static_cast<int>(widest))
                  << lesson.id << std::right << "  " << lesson.title << '\n';
    }
    return Exit::ok;
}

}  // namespace

void add_lessons(CommandLine& line) {
    auto as_json = std::make_shared<bool>(false);
    CLI::App& command =
        line.command("lessons", "List the lessons: number, id, title", [as_json] { return list_lessons(*as_json); });
    command.add_flag("--json", *as_json, "All of each lesson, as the browser's page reads it (docs/web.md)");
}

}  // namespace co::cli
