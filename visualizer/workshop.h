// Workshop: where a session's lessons come from and where its programs run. Natively: files and this process
// (file_workshop.h); in the browser: what the page hands over.
//
//     Session session({.file = "lessons/scripts/12-channels.md"}, {},
//     std::make_unique<FileWorkshop>("lessons/scripts"));
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lessons/format/lesson.h"
#include "lessons/host/simulate.h"
#include "visualizer/model/model.h"

namespace co::studio {

struct Screenshot;

class Workshop {
  public:
    virtual ~Workshop() = default;

    /// Every lesson, by order. Throws lessons::LessonError.
    virtual std::vector<lessons::Lesson> course() = 0;
    /// Throws std::runtime_error when it can't be had at all: what is open then stays so.
    virtual void require(const std::filesystem::path&) {}
    /// A lesson or a plain script. Throws lessons::LessonError for what is wrong in it, another std::runtime_error when
    /// it can't be had at all.
    virtual lessons::Lesson open(const std::filesystem::path& file) = 0;
    /// What a person can open of what begins as they typed it: files, and folders with a / at their end.
    virtual std::vector<std::string> files(const std::string&) { return {}; }
    /// The languages in which a lesson can be read besides English: "fr", "zh".
    virtual std::vector<std::string> languages(const lessons::Lesson&) { return {}; }
    /// The lesson with the words of that language. Throws lessons::LessonError.
    virtual lessons::Lesson in_language(const lessons::Lesson& lesson, const std::string&) { return lesson; }
    /// The choices that what was opened was run with.
    virtual lessons::Schedule schedule() const { return {}; }
    /// May what was opened change by itself, so that changed() is to be asked now and then?
    virtual bool is_watched() const = 0;
    /// Is what was opened last another one than at the last call? Then it is to be opened again.
    virtual bool changed() = 0;
    /// Does run() run the program anew, so that somebody can be chosen to run next? Else it gives the run that it has.
    virtual bool runs_anew() const { return true; }
    virtual lessons::RunResult run(const lessons::Lesson& lesson, const lessons::SimOptions& options) = 0;
    /// The model of what run() gave.
    virtual std::unique_ptr<Model> model_of(trace::Trace trace) { return std::make_unique<Model>(std::move(trace)); }
    /// The person's own version of that program, as they left it; nothing: they have none.
    virtual std::optional<std::string> draft(const lessons::Lesson&) { return std::nullopt; }
    /// Keeps their version for the next time; the lesson's own text: forgets it.
    virtual void keep_draft(const lessons::Lesson&, const std::string&) {}
    /// Writes their version into the file that was opened. Throws std::runtime_error.
    virtual void save(const lessons::Lesson& lesson, const std::string& program);
    /// Writes a text to a place where the person finds it, and says where. Throws std::runtime_error.
    virtual std::string write_text(const std::string& text, const std::string& name);
    virtual std::string write_picture(const Screenshot& picture, const std::string& name);
    /// Writes the run for Perfetto to a place where the person finds it, and says where. Throws std::runtime_error.
    virtual std::string write_trace(const Model& model, const std::string& name) = 0;
};

}  // namespace co::studio
