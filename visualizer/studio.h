// Studio: a session in a window. Each frame takes what the person did, lets the time pass, and paints what is to be
// seen.
//
//     Studio studio(opening, preferences, parts_of_this_machine(opening, {.offscreen = true}));
//     studio.frame(0ms, {});
//     studio.frame(16ms, {PointerPressed{{520, 20}}, PointerReleased{{520, 20}}});
//     studio.picture().write_png("studio.png");
//
// The clock and the input are passed in, so that a test drives it without a screen and without waiting.
#pragma once

#include <set>
#include <vector>

#include "visualizer/controls.h"
#include "visualizer/frame.h"
#include "visualizer/platform/platform.h"
#include "visualizer/session.h"
#include "visualizer/theme/fonts.h"

namespace co::studio {

/// What a studio stands on; app.h has that of this machine.
struct StudioParts {
    std::unique_ptr<Workshop> workshop;
    FontData fonts;
    Window::Options window{};
};

class Studio {
  public:
    Studio(const Opening& opening, const Preferences& preferences, StudioParts parts);

    /// False when the person closed the window.
    bool frame(Time now, const std::vector<Input>& input);
    /// When a frame is needed even if nobody touches anything.
    Time next_wake() const;
    /// Nothing glides and nothing fades: for pictures, and for people who ask for it.
    void reduce_motion(bool reduce = true);
    /// Where the panels stand from now on, those without a size are left out; nothing: as the window's size wants it.
    void place(std::optional<Screen> places) { places_ = places; }

    const Session& session() const { return session_; }
    Session& session() { return session_; }
    Window& window() { return window_; }
    /// What the last frame shows.
    const Frame& shown() const { return frame_; }
    Screenshot picture() const { return window_.pixels(); }

  private:
    void rasterise_fonts();
    void add_missing_characters();
    void lay_out();
    void follow_playhead();
    void paint();

    Session session_;
    Window window_;
    FontData faces_;
    std::optional<Fonts> fonts_;     // for the window's scale
    std::set<char32_t> ideographs_;  // that they have, or would have
    std::uint32_t texts_version_ = 0;
    MeasureText measure_;
    Controls controls_;
    Frame frame_;
    std::optional<Screen> places_;
    std::optional<HoverCard> card_;  // as the frame shows it
    std::uint32_t followed_ = 0;     // the cursor that the timeline's window has been fitted to
    Time now_{0};
    bool motion_ = true;
};

}  // namespace co::studio
