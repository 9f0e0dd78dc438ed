// Controls: what the mouse and the keyboard do. Input and the frame it happened on go in, commands to the session come
// out.
//
//     Controls controls;
//     controls.take(PointerPressed{{852, 600}}, session, frame, measure);
#pragma once

#include <optional>

#include "visualizer/frame.h"
#include "visualizer/platform/input.h"

namespace co::studio {

class Controls {
  public:
    void take(const Input& input, Session& session, const Frame& frame, const MeasureText& measure);

    /// The card to show: after the mouse has rested on a coroutine for 150 ms.
    std::optional<HoverCard> card(Time now, bool motion) const;
    /// When the card changes by itself.
    std::optional<Time> next_wake(Time now) const;
    Pointer pointer() const { return pointer_; }
    void advance(Time now) { now_ = now; }

  private:
    enum class Drag : std::uint8_t { none, scrub, minimap, pan, text, divider };
    struct Context {
        Session& session;
        const Frame& frame;
        const MeasureText& measure;
    };

    void on(const KeyPressed& key, Context& context);
    void on(const Typed& typed, Context& context);
    void on(const PointerMoved& moved, Context& context);
    void on(const PointerLeft& left, Context& context);
    void on(const PointerPressed& pressed, Context& context);
    void on(const PointerReleased& released, Context& context);
    void on(const Wheel& wheel, Context& context);
    void on(const Pasted& pasted, Context& context);
    void on(const Dropped& dropped, Context& context);
    void on(const Resized&, Context&) {}
    void on(const Closed&, Context&) {}

    void hover(const Found& found, Context& context);
    void click(const Found& found, Context& context);
    void click_overlay(const Hit& hit, Context& context);
    void drag_to(Point at, Context& context);
    void place_caret(Point at, Context& context, bool selects);

    Drag drag_ = Drag::none;
    Divider divider_ = Divider::none;  // that is being dragged
    Point last_{};
    Pointer pointer_ = Pointer::arrow;
    Time now_{0};
    std::optional<HoverCard> rests_on_;
    Time rests_since_{0};
};

/// The lane under the mouse counts as hovered, as its chip does.
std::optional<std::uint32_t> coroutine_under(const Found& found, const Session& session, const Frame& frame,
                                             const MeasureText& measure);

}  // namespace co::studio
