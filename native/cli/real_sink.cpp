#include "native/cli/real_sink.h"

#include <utility>

#include "visualizer/model/model.h"

namespace co::cli {
RealSink::RealSink(const std::string& name, const std::string& text, std::function<void(std::string_view)> write,
                   bool keeps)
    : keeps_(keeps) {
    kept_.source(name, text);
    if (write) live_.emplace(name, std::move(write));
}

std::uint32_t RealSink::text(std::string_view text) {
    const std::uint32_t number = kept_.text(text);
    if (number >= live_texts_.size()) live_texts_.resize(number + 1);
    if (live_) live_texts_[number] = live_->text(text);
    return number;
}

void RealSink::record(const trace::Event& event) {
    if (event.process != 0) return;  // a started process has its own history
    if (!start_) start_ = event.time;
    trace::Event ours = from_start(event);
    if (keeps_) kept_.record(ours);
    if (!live_) return;
    if (ours.text < live_texts_.size()) ours.text = live_texts_[ours.text];
    live_->record(ours);
}

trace::Event RealSink::from_start(trace::Event event) const {
    event.time -= *start_;
    if (has_deadline(event.kind) && event.value != trace::forever_ns) event.value -= *start_;
    if (event.kind == trace::EventKind::start) event.value = studio::Model::real_clock;
    return event;
}

}  // namespace co::cli
