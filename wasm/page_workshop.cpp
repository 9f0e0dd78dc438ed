#include "wasm/page_workshop.h"

#include <stdexcept>
#include <utility>

#include "lessons/host/saved_run.h"

namespace co::studio {

void PageWorkshop::bring(lessons::Lesson lesson, std::string saved) {
    lesson_ = std::move(lesson);
    saved_ = std::move(saved);
}

lessons::RunResult PageWorkshop::run(const lessons::Lesson&, const lessons::SimOptions&) {
    if (saved_.empty()) return {};  // nothing was brought yet
    lessons::RunResult result = lessons::read_saved_run(saved_);
    for (lessons::Finding& finding : result.findings) finding.line = finding.script_line;
    return result;
}

std::string PageWorkshop::write_trace(const Model&, const std::string&) {
    throw std::runtime_error("The page keeps the trace.");
}

}  // namespace co::studio
