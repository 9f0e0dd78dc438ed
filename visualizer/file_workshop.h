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
/// A whole run that `sim --save`, the studio or the page has written: it is shown, not run.
bool is_saved_run(const std::filesystem::path& file);
/// Throws lessons::LessonError when the file can't be read.
lessons::Lesson read_script(const std::filesystem::path& file);

/// $XDG_DATA_HOME/costudio/drafts, or the same in ~/.local/share; empty where there is no home.
std::filesystem::path drafts_folder();

class FileWorkshop final : public Workshop {
  public:
    /// `lessons`: the course's folder; empty: there is no course, only the file that is opened.
    /// `drafts`: where people's own versions of programs are kept; empty: nowhere.
    explicit FileWorkshop(std::filesystem::path lessons = {}, std::filesystem::path drafts = {})
        : lessons_(std::move(lessons)), drafts_(std::move(drafts)) {}

    std::vector<lessons::Lesson> course() override;
    void require(const std::filesystem::path& file) override;
    lessons::Lesson open(const std::filesystem::path& file) override;
    std::vector<std::string> files(const std::string& typed) override;
    std::vector<std::string> languages(const lessons::Lesson& lesson) override;
    lessons::Lesson in_language(const lessons::Lesson& lesson, const std::string& language) override;
    lessons::Schedule schedule() const override;
    bool is_watched() const override { return true; }
    bool changed() override { return watch_ && watch_->changed(); }
    lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) override;
    std::optional<std::string> draft(const lessons::Lesson& lesson) override;
    void keep_draft(const lessons::Lesson& lesson, const std::string& program) override;
    void save(const lessons::Lesson& lesson, const std::string& program) override;
    std::string write_text(const std::string& text, const std::string& name) override;
    std::string write_picture(const Screenshot& picture, const std::string& name) override;
    std::string write_trace(const Model& model, const std::string& name) override;

  private:
    std::filesystem::path draft_file(const lessons::Lesson& lesson) const;
    lessons::Lesson open_saved_run(const std::filesystem::path& file);

    std::filesystem::path lessons_;
    std::filesystem::path drafts_;
    std::optional<FileWatch> watch_;
    std::optional<lessons::RunResult> saved_;  // the run that the open file holds
};

}  // namespace co::studio
