// Frame: all that is on the screen at one moment: each panel's scene and where it stands. Pure: a test reads it, the
// painter paints it, the mouse is looked up in it.
//
//     Frame frame = compose(session, {1280, 800}, measure, {});
//     frame.at({852, 600})      // the timeline; where in it; Target::scrub
#pragma once

#include <optional>
#include <vector>

#include "visualizer/layout/panel.h"
#include "visualizer/layout/screen.h"
#include "visualizer/session.h"

namespace co::studio {

enum class Panel : std::uint8_t { toolbar, lesson, code, inspector, timeline, bottom, card, overlay, notice };

struct PlacedScene {
    Panel panel;
    Rect rect;
    Scene scene;
};

/// A card that says why the coroutine under the mouse is where it is.
struct HoverCard {
    std::uint32_t coroutine;
    Rect beside;         // the chip, in the window
    float strength = 1;  // 0 to 1 while it fades in
    friend bool operator==(const HoverCard&, const HoverCard&) = default;
};

struct Found {
    Panel panel = Panel::toolbar;
    Point local;  // in the panel
    Hit hit;
};

struct Frame {
    Size size;
    std::vector<PlacedScene> scenes;  // later ones lie on top
    std::optional<Screen> screen{};   // whose dividers can be dragged; none: somebody else places the panels

    Found at(Point point) const;
    const PlacedScene* find(Panel panel) const;
    /// Of panels on which nothing else lies.
    Divider divider_at(Point point) const;
};

struct Composition {
    Size window;
    const MeasureText& measure;
    std::optional<HoverCard> card{};
    std::optional<Screen>
        places{};  // where the panels stand, those without a size are left out; none: lay_out_screen()
};

Frame compose(const Session& session, const Composition& composition);

/// What the layout of a panel of this size is given.
PanelInput panel_input(const Session& session, Size size, const MeasureText& measure);

}  // namespace co::studio
