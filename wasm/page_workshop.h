// PageWorkshop: a session's workshop in the browser: the page hands over lessons, and runs that were made elsewhere.
//
//     workshop.bring(lesson, saved);     // then the session opens it, or reloads
#pragma once

#include <string>

#include "visualizer/workshop.h"

namespace co::studio {

class PageWorkshop final : public Workshop {
  public:
    /// `saved` has been read once, and found to be a saved run.
    void bring(lessons::Lesson lesson, std::string saved);
    const std::string& saved() const { return saved_; }

    std::vector<lessons::Lesson> course() override { return {}; }
    lessons::Lesson open(const std::filesystem::path&) override { return lesson_; }
    bool is_watched() const override { return false; }
    bool changed() override { return false; }
    bool runs_anew() const override { return false; }
    /// The run that was brought, with the places in it as lines of its script: that is what the page's editor counts.
    lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) override;
    /// The page keeps files itself. Throws.
    std::string write_trace(const Model& model, const std::string& name) override;

  private:
    lessons::Lesson lesson_;
    std::string saved_;
};

}  // namespace co::studio
