#include "wasm/page_workshop.h"

#include <limits>
#include <stdexcept>
#include <utility>

#include "lessons/host/saved_run.h"

namespace co::studio {

void PageWorkshop::bring(std::string saved) {
    result_ = lessons::read_saved_run(saved);
    for (lessons::Finding& finding : result_.findings) finding.line = finding.script_line;
    program_ = result_.trace.sources.empty() ? "" : result_.trace.sources.front().text;
    builder_.reset();
    is_begun_ = false;
    saved_ = std::move(saved);
}

bool PageWorkshop::read(std::uint32_t steps) {
    if (is_begun_) return !builder_ || builder_->read(steps);
    builder_.emplace(std::move(result_.trace));  // looks at the whole trace: enough for one slice
    is_begun_ = true;
    return false;
}

void PageWorkshop::name(lessons::Lesson lesson) { lesson_ = std::move(lesson); }

lessons::RunResult PageWorkshop::run(const lessons::Lesson&, const lessons::SimOptions&) { return result_; }

std::unique_ptr<Model> PageWorkshop::model_of(trace::Trace trace) {
    if (is_begun_ && !builder_) return Workshop::model_of(std::move(trace));  // nothing was brought yet
    while (!read(std::numeric_limits<std::uint32_t>::max())) {
    }
    std::unique_ptr<Model> model = builder_->take();
    builder_.reset();
    return model;
}

std::string PageWorkshop::write_trace(const Model&, const std::string&) {
    throw std::runtime_error("The page keeps the trace.");
}

}  // namespace co::studio
