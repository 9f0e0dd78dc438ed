// Workshop: where a session's lessons come from and where its programs run. Natively: files and this process
// (file_workshop.h); in the browser: what the page hands over.
//
//     Session session({.file = "lessons/scripts/12-channels.md"}, {},
//     std::make_unique<FileWorkshop>("lessons/scripts"));
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lessons/format/lesson.h"
#include "lessons/host/simulate.h"
#include "visualizer/model/model.h"

namespace co::studio {

class Workshop {
  public:
    virtual ~Workshop() = default;

    /// Every lesson, by order. Throws lessons::LessonError.
    virtual std::vector<lessons::Lesson> course() = 0;
    /// A lesson or a plain script. Throws lessons::LessonError for what is wrong in it, another std::runtime_error when
    /// it can't be had at all.
    virtual lessons::Lesson open(const std::filesystem::path& file) = 0;
    /// Is what was opened last another one than at the last call? Then it is to be opened again.
    virtual bool changed() = 0;
    virtual lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) = 0;
    /// Writes the run for Perfetto to a place where the person finds it, and says where. Throws std::runtime_error.
    virtual std::string write_trace(const Model& model, const std::string& name) = 0;
};

}  // namespace co::studio
