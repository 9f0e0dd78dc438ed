// costudio lessons
#include <iomanip>
#include <iostream>

#include "native/cli/commands.h"
#include "native/cli/subject.h"

namespace co::cli {
namespace {

Exit list_lessons() {
    const std::vector<co::lessons::Lesson> lessons = all_lessons();
    std::size_t widest = 0;
    for (const auto& lesson : lessons) widest = std::max(widest, lesson.id.size());
    for (const auto& lesson : lessons) {
        std::cout << std::setw(2) << lesson.order << "  " << std::left << std::setw(static_cast<int>(widest))
                  << lesson.id << std::right << "  " << lesson.title << '\n';
    }
    return Exit::ok;
}

}  // namespace

void add_lessons(CommandLine& line) { line.command("lessons", "List the lessons: number, id, title", list_lessons); }

}  // namespace co::cli
