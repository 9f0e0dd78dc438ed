// PageWorkshop: a session's workshop in the browser: the page hands over lessons, and runs that were made elsewhere.
//
//     workshop.bring(saved);
//     while (!workshop.read(2000)) breathe();     // a long run takes its time, and the page has none to stand still
//     workshop.name(lesson);                      // then the session opens it, or reloads
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "visualizer/workshop.h"

namespace co::studio {

class PageWorkshop final : public Workshop {
  public:
    /// Throws lessons::SavedRunError; then what was there before stays.
    void bring(std::string saved);
    /// Reads so many steps more of the run that was brought; true when all have been read.
    bool read(std::uint32_t steps);
    /// What lesson it is a run of; all of it has been read.
    void name(lessons::Lesson lesson);
    const std::string& saved() const { return saved_; }
    /// The run's own program.
    const std::string& program() const { return program_; }

    std::vector<lessons::Lesson> course() override { return {}; }
    lessons::Lesson open(const std::filesystem::path&) override { return lesson_; }
    bool is_watched() const override { return false; }
    bool changed() override { return false; }
    bool runs_anew() const override { return false; }
    /// The run that was brought, with the places in it as lines of its script: that is what the page's editor counts.
    lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) override;
    std::unique_ptr<Model> model_of(trace::Trace trace) override;
    /// The page keeps files itself. Throws.
    std::string write_trace(const Model& model, const std::string& name) override;

  private:
    lessons::Lesson lesson_;
    std::string saved_;
    std::string program_;
    bool is_begun_ = true;                   // result_'s trace is in the builder, or was never there
    lessons::RunResult result_;              // its trace goes to the builder, and then to the session
    std::optional<Model::Builder> builder_;  // of what was brought, until a session has it
};

}  // namespace co::studio
