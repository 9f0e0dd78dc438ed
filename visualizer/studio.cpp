#include "visualizer/studio.h"

#include <algorithm>
#include <utility>

#include "visualizer/ideographs.h"
#include "visualizer/navigation.h"
#include "visualizer/windows/painter.h"

namespace co::studio {

Studio::Studio(const Opening& opening, const Preferences& preferences, StudioParts parts)
    : session_(opening, preferences, std::move(parts.workshop)),
      window_(std::move(parts.window)),
      faces_(std::move(parts.fonts)) {
    ideographs_ = ideographs_of(session_);
    rasterise_fonts();
    if (reduced_motion()) reduce_motion();
    if (!faces_.warning.empty()) session_.tell(faces_.warning);
}

void Studio::reduce_motion(bool reduce) {
    motion_ = !reduce;
    session_.reduce_motion(reduce);
}

/// Text is crisp only at the density that it was rasterised for.
void Studio::rasterise_fonts() {
    fonts_.emplace(faces_, window_.scale(), ideographs_);
    measure_ = fonts_->measure();
    window_.use(*fonts_);
}

/// Once a character has been shown it stays: going to and fro between lessons costs nothing.
void Studio::add_missing_characters() {
    if (std::exchange(texts_version_, session_.texts_version()) == session_.texts_version()) return;
    const std::size_t known = ideographs_.size();
    ideographs_.merge(ideographs_of(session_));
    if (ideographs_.size() == known) return;
    if (!faces_.ideographs.empty()) return rasterise_fonts();
    if (places_ && places_->lesson.w <= 0) return;  // whoever placed the panels shows the texts elsewhere
    session_.tell("No typeface with Chinese characters is installed. Install one with: apt install fonts-wqy-microhei");
}

bool Studio::frame(Time now, const std::vector<Input>& input) {
    now_ = now;
    if (fonts_->scale() != window_.scale()) rasterise_fonts();
    controls_.advance(now);
    for (const Input& one : input) {
        if (std::holds_alternative<Closed>(one)) return false;
        controls_.take(one, session_, frame_, measure_);
        // The next input meets what this one changed, as it would have with a frame between them.
        if (session_.take_touched()) lay_out();
    }
    session_.advance(now);
    add_missing_characters();
    if (const auto text = session_.take_copied()) window_.set_clipboard(*text);
    const bool touched = session_.take_touched();
    if (touched || !input.empty() || controls_.card(now, motion_) != card_ || frame_.scenes.empty()) {
        lay_out();
        paint();
    }
    if (const auto name = session_.take_picture_name()) session_.write_picture(picture(), *name);
    return true;
}

void Studio::lay_out() {
    follow_playhead();
    card_ = controls_.card(now_, motion_);
    frame_ = compose(session_, {window_.size(), measure_, card_, places_});
}

void Studio::follow_playhead() {
    const PlacedScene* timeline = frame_.find(Panel::timeline);
    const std::uint32_t cursor = std::as_const(session_).view().cursor;
    if (timeline == nullptr || std::exchange(followed_, cursor) == cursor) return;
    keep_playhead_in_view(session_.view(), TimelineScale(panel_input(session_, timeline->rect.size(), measure_)));
}

void Studio::paint() {
    window_.set_pointer(controls_.pointer());
    Painter painter(window_.begin_frame(color(Ink::window, session_.theme())), *fonts_, session_.theme());
    for (const PlacedScene& placed : frame_.scenes) painter.paint(placed.scene, {placed.rect.x, placed.rect.y});
    window_.end_frame();
}

Time Studio::next_wake() const {
    return std::min(session_.next_wake(), controls_.next_wake(now_).value_or(Time::max()));
}

}  // namespace co::studio
