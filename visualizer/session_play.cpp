// Session: playing, and what happens while time passes.
#include <algorithm>
#include <array>

#include "visualizer/model/choice.h"
#include "visualizer/session.h"

namespace co::studio {
namespace {

using namespace std::chrono_literals;

constexpr std::array speeds{0.25F, 0.5F, 1.0F, 2.0F, 4.0F, 8.0F, 16.0F};
constexpr Time step_at_speed_one = 400ms;
constexpr Time glide_time = 120ms;   // of the playhead
constexpr Time flight_time = 200ms;  // of a value
constexpr Time fold_lasts = 160ms;   // of a panel
constexpr Time look_every = 100ms;   // at the file
constexpr float no_glide_from_speed = 4;

std::size_t index_of_speed(float speed) {
    const auto found = std::find(speeds.begin(), speeds.end(), speed);
    return found == speeds.end() ? 2 : static_cast<std::size_t>(found - speeds.begin());
}

}  // namespace

float Session::known_speed(float speed) { return speeds[index_of_speed(speed)]; }

/// One step by hand moves as one that is played.
void Session::step_on() {
    const std::uint32_t before = view_.cursor;
    seek(before + 1);
    stepped_ = view_.cursor != before;
}

void Session::play_or_pause() {
    if (!view_.playing && view_.cursor >= model_->steps()) move_to(0);
    view_.playing = !view_.playing && model_->steps() > 0;
    next_step_ = now_ + step_time();
    touched_ = true;
}

void Session::change_speed(int by) {
    const auto index = static_cast<int>(index_of_speed(view_.speed)) + by;
    view_.speed = speeds[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(speeds.size()) - 1))];
}

void Session::next_speed() { view_.speed = speeds[(index_of_speed(view_.speed) + 1) % speeds.size()]; }

Time Session::step_time() const {
    return std::chrono::duration_cast<Time>(std::chrono::duration<float, std::milli>(step_at_speed_one) / view_.speed);
}

void Session::advance(Time now) {
    now_ = now;
    while (view_.playing && now >= next_step_) {
        move_to(view_.cursor + 1);
        glide_start_ = next_step_;
        next_step_ += step_time();
        const bool asks = view_.choosing && !candidates(*model_, state()).empty();
        const bool stops = is_checkpoint(view_.cursor) || stops_at(*model_, view_.breakpoints, view_.cursor);
        if (view_.cursor >= model_->steps() || stops || asks) view_.playing = false;
    }
    if (workshop_->is_watched() && now >= next_look_) {
        next_look_ = now + look_every;
        if (workshop_->changed()) read_lesson();
    }
    if (!notice_.empty() && now >= notice_ends_) {
        notice_.clear();
        touched_ = true;
    }
    if (std::exchange(stepped_, false)) {
        // A key that is held down steps faster than anything can glide.
        if (now >= stepped_at_ + flight_time) glide_start_ = now;
        stepped_at_ = now;
    }
    const float glide = left_of(glide_time, now), flight = left_of(flight_time, now);
    if (std::exchange(view_.glide, glide) != glide) touched_ = true;
    if (std::exchange(view_.flight, flight) != flight) touched_ = true;
    move_folds(now);
}

void Session::move_folds(Time now) {
    const Folds wanted = folds_of(view_.division.folded);
    if (view_.folds == wanted) return fold_time_.reset();
    const std::chrono::duration<float> since = now - fold_time_.value_or(now);
    const float most = motion_ ? since / std::chrono::duration<float>(fold_lasts) : 1;
    const auto move = [most](float& fold, float end) { fold += std::clamp(end - fold, -most, most); };
    move(view_.folds.lesson, wanted.lesson);
    move(view_.folds.inspector, wanted.inspector);
    move(view_.folds.timeline, wanted.timeline);
    move(view_.folds.bottom, wanted.bottom);
    fold_time_ = now;
    touched_ = true;
}

Time Session::next_wake() const {
    Time wake = workshop_->is_watched() ? next_look_ : Time::max();
    if (view_.playing) wake = std::min(wake, next_step_);
    if (!notice_.empty()) wake = std::min(wake, notice_ends_);
    if (view_.glide > 0 || view_.flight > 0 || fold_time_) wake = now_;  // the next frame
    return wake;
}

float Session::left_of(Time motion, Time now) const {
    if (!motion_ || view_.cursor == 0 || view_.speed >= no_glide_from_speed || glide_start_ == Time{0}) return 0;
    const auto left = std::chrono::duration<float>(glide_start_ + motion - now) / std::chrono::duration<float>(motion);
    return std::clamp(left, 0.0F, 1.0F);
}

}  // namespace co::studio
