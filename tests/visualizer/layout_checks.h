// What every panel's scene must fulfil, whatever it shows; and how tests find things in it.
//
//     check_scene(scene, input.size);        // nothing overlaps, nothing sticks out, clips are closed
//     CHECK(has_text(scene, "co#2"));
#pragma once

#include <string>
#include <vector>

#include "tests/visualizer/lesson12_trace.h"
#include "visualizer/layout/panel.h"
#include "visualizer/layout/screen.h"

namespace co::studio {

/// A text as it can be seen: clipped, cut to its greatest width.
struct SeenText {
    std::string text;
    Rect rect;
};
std::vector<SeenText> seen_texts(const Scene& scene, Size size);

bool has_text(const Scene& scene, const std::string& text);
std::size_t count_text(const Scene& scene, const std::string& text);
/// The first hit area of that kind and id; no width when there is none.
Rect hit_rect(const Scene& scene, Target target, std::uint32_t id);

/// Texts do not overlap each other (but for those that a plate covers), everything seen is inside, clips are closed.
void check_scene(const Scene& scene, Size size);

/// A model, a view and what belongs to them, ready for a layout.
struct Fixture {
    explicit Fixture(trace::Trace trace = lesson12_trace()) : model(std::move(trace)) {}
    PanelInput at(std::uint32_t step, Size size);

    Model model;
    View view;
    MeasureText measure = measure_monospace;

  private:
    State state_;
};

/// A run with `count` coroutines that all sleep, wake and end.
trace::Trace many_coroutines(std::uint32_t count);

}  // namespace co::studio
