#include "visualizer/file_workshop.h"

#include <fstream>
#include <iterator>

#include "visualizer/trace_file.h"

namespace co::studio {

bool is_lesson_file(const std::filesystem::path& file) { return file.extension() == ".md"; }

lessons::Lesson read_script(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw lessons::LessonError(file.string() + ": the file can't be read. Check its name and its permissions.");
    return lessons::lesson_of_script(file, std::string(std::istreambuf_iterator<char>(in), {}));
}

std::vector<lessons::Lesson> FileWorkshop::course() {
    return lessons_.empty() ? std::vector<lessons::Lesson>{} : lessons::read_lessons(lessons_);
}

lessons::Lesson FileWorkshop::open(const std::filesystem::path& file) try {
    watch_.emplace(file);  // before reading: what is saved meanwhile is noticed
    return is_lesson_file(file) ? lessons::read_lesson(file) : read_script(file);
} catch (const lessons::LessonError& error) {
    if (!std::filesystem::exists(file)) throw std::runtime_error(error.what());
    throw;
}

lessons::RunResult FileWorkshop::run(const lessons::Lesson& lesson, const lessons::SimOptions& options) {
    return lessons::simulate(script_of(lesson), options);
}

std::string FileWorkshop::write_trace(const Model& model, const std::string& name) {
    return studio::write_trace(model, name).string();
}

}  // namespace co::studio
