// FileWorkshop: lessons are files, programs run here and now on the simulated machine.
//
//     FileWorkshop workshop("lessons/scripts");
//     lessons::Lesson lesson = workshop.open("demo.lua");
//     workshop.changed()     // true once demo.lua was saved
#pragma once

#include <optional>

#include "visualizer/platform/file_watch.h"
#include "visualizer/workshop.h"

namespace co::studio {

/// A lesson is a Markdown file; everything else is a plain script.
bool is_lesson_file(const std::filesystem::path& file);
/// Throws lessons::LessonError when the file can't be read.
lessons::Lesson read_script(const std::filesystem::path& file);

class FileWorkshop final : public Workshop {
  public:
    /// `lessons`: the course's folder; empty: there is no course, only the file that is opened.
    explicit FileWorkshop(std::filesystem::path lessons = {}) : lessons_(std::move(lessons)) {}

    std::vector<lessons::Lesson> course() override;
    lessons::Lesson open(const std::filesystem::path& file) override;
    bool changed() override { return watch_ && watch_->changed(); }
    lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) override;
    std::string write_trace(const Model& model, const std::string& name) override;

  private:
    std::filesystem::path lessons_;
    std::optional<FileWatch> watch_;
};

}  // namespace co::studio
