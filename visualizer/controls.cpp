#include "visualizer/controls.h"

#include <algorithm>
#include <cmath>

#include "visualizer/control_keys.h"
#include "visualizer/layout/code_layout.h"
#include "visualizer/navigation.h"

namespace co::studio {
namespace {

using namespace std::chrono_literals;

constexpr Time card_after = 150ms;
constexpr Time card_fades = 80ms;
constexpr float wheel_pixels = 54;  // three rows a notch

/// The next step after the cursor at which somebody is at `line`; from the start again where there is none.
std::optional<std::uint32_t> next_step_at(const Session& session, std::uint32_t line) {
    const Model& model = session.model();
    const std::uint32_t steps = model.steps();
    for (std::uint32_t i = 1; i <= steps; ++i) {
        const std::uint32_t step = (session.view().cursor + i - 1) % steps + 1;
        if (model.event(step).line == line) return step;
    }
    return std::nullopt;
}

void open_tab(View& view, Panel panel, std::uint32_t tab) {
    if (panel == Panel::code) view.code_tab = static_cast<CodeTab>(tab), view.code_scroll = -1;
    if (panel == Panel::inspector) view.inspector_tab = static_cast<InspectorTab>(tab), view.inspector_scroll = 0;
    if (panel == Panel::bottom) {
        view.bottom_tab = static_cast<BottomTab>(tab);
        view.bottom_scroll = -1;
        view.division.folded.bottom = false;
    }
}

/// Or, when it is that already, the panel follows the run again.
void keep_in_sight(std::uint32_t& kept, std::uint32_t which) { kept = kept == which ? trace::nobody : which; }

float* scroll_of(View& view, Panel panel) {
    switch (panel) {
        case Panel::lesson:
            return &view.lesson_scroll;
        case Panel::code:
            return &view.code_scroll;
        case Panel::inspector:
            return &view.inspector_scroll;
        case Panel::bottom:
            return &view.bottom_scroll;
        default:
            return nullptr;
    }
}

Pointer pointer_of(Divider divider) {
    const bool upright = divider == Divider::lesson || divider == Divider::code;
    return upright ? Pointer::sideways : Pointer::up_and_down;
}

bool same_hover(const View& a, std::uint32_t coroutine, std::optional<std::uint32_t> channel,
                std::optional<std::uint32_t> timer) {
    return a.hovered == coroutine && a.hovered_channel == channel && a.hovered_timer == timer;
}

}  // namespace

void Controls::take(const Input& input, Session& session, const Frame& frame, const MeasureText& measure) {
    Context context{session, frame, measure};
    std::visit([&](const auto& one) { on(one, context); }, input);
}

// -- the mouse --------------------------------------------------------------------------------------------------------

std::optional<std::uint32_t> coroutine_under(const Found& found, const Session& session, const Frame& frame,
                                             const MeasureText& measure) {
    if (found.hit.target == Target::coroutine) return found.hit.id;
    if (found.hit.target != Target::scrub) return std::nullopt;
    return timeline_scale(session, frame, measure).coroutine_at(found.local);
}

void Controls::on(const PointerMoved& moved, Context& context) {
    if (drag_ != Drag::none) {
        drag_to(moved.at, context);
    } else {
        hover(context.frame.at(moved.at), context);
        const Divider divider = context.frame.divider_at(moved.at);
        if (divider != Divider::none) pointer_ = pointer_of(divider);
    }
    last_ = moved.at;
}

void Controls::on(const PointerLeft&, Context& context) {
    if (drag_ == Drag::none) hover({}, context);
}

void Controls::hover(const Found& found, Context& context) {
    const Hit& hit = found.hit;
    const std::uint32_t coroutine =
        coroutine_under(found, context.session, context.frame, context.measure).value_or(trace::nobody);
    const auto channel = hit.target == Target::channel ? std::optional(hit.id) : std::nullopt;
    const auto timer = hit.target == Target::timer ? std::optional(hit.id) : std::nullopt;
    if (!same_hover(std::as_const(context.session).view(), coroutine, channel, timer)) {
        View& view = context.session.view();
        view.hovered = coroutine;
        view.hovered_channel = channel;
        view.hovered_timer = timer;
    }
    pointer_ = hit.target == Target::none                                     ? Pointer::arrow
               : hit.target == Target::scrub || hit.target == Target::minimap ? Pointer::sideways
                                                                              : Pointer::hand;
    if (hit.target != Target::coroutine) {
        rests_on_.reset();
        return;
    }
    const PlacedScene* placed = context.frame.find(found.panel);
    const Rect chip{placed->rect.x + hit.rect.x, placed->rect.y + hit.rect.y, hit.rect.w, hit.rect.h};
    if (!rests_on_ || rests_on_->coroutine != hit.id || !(rests_on_->beside == chip)) {
        rests_on_ = HoverCard{hit.id, chip};
        rests_since_ = now_;
    }
}

/// A coroutine or a channel that is clicked with the right button stops the playhead, or does no more.
static bool break_on(const Hit& hit, Session& session) {
    if (hit.target == Target::coroutine) return session.toggle({Breakpoint::Kind::coroutine, hit.id}), true;
    if (hit.target == Target::channel) return session.toggle({Breakpoint::Kind::channel, hit.id}), true;
    return false;
}

void Controls::on(const PointerPressed& pressed, Context& context) {
    last_ = pressed.at;
    const Found found = context.frame.at(pressed.at);
    rests_on_.reset();
    divider_ = context.frame.divider_at(pressed.at);
    if (pressed.button == Button::left && divider_ != Divider::none) {
        drag_ = Drag::divider;
        return;
    }
    if (pressed.button == Button::left) return click(found, context);
    if (pressed.button == Button::right && break_on(found.hit, context.session)) return;
    if (found.panel == Panel::timeline) drag_ = Drag::pan;
}

/// A row of what lies on top is taken, or a button on it; anywhere else closes it.
void Controls::click_overlay(const Hit& hit, Context& context) {
    Session& session = context.session;
    if (hit.target == Target::command) {
        return perform(static_cast<Command>(hit.id), session, context.frame, context.measure);
    }
    if (hit.target != Target::choice) return session.show(Overlay::none);
    if (session.overlay() != Overlay::palette) return session.open_lesson(hit.id);
    take_entry(hit.id, session, context.frame, context.measure);
}

void Controls::click(const Found& found, Context& context) {
    Session& session = context.session;
    const Hit& hit = found.hit;
    if (found.panel == Panel::overlay) return click_overlay(hit, context);
    switch (hit.target) {
        case Target::coroutine:
            return session.select(hit.id);
        case Target::step:
        case Target::checkpoint:
            return session.seek(hit.id);
        case Target::command:
            return perform(static_cast<Command>(hit.id), session, context.frame, context.measure);
        case Target::choice:
            return session.choose(hit.id);
        case Target::run_next:
            return session.run_next(hit.id);
        case Target::interference:
            return session.interfere(hit.id);
        case Target::hint:
            return session.show_hint(hit.id);
        case Target::solution:
            return session.show_solution(hit.id);
        case Target::breakpoint:
            return session.toggle({Breakpoint::Kind::line, hit.id});
        case Target::text:
            drag_ = Drag::text;
            return place_caret(found.local, context, false);
        case Target::tab:
            return open_tab(session.view(), found.panel, hit.id);
        case Target::problem:
            return session.go_to_problem(hit.id);
        case Target::loop:
            return keep_in_sight(session.view().loop, hit.id);
        case Target::source_line:
            if (const auto step = next_step_at(session, hit.id)) session.seek(*step);
            return;
        case Target::scrub:
            drag_ = Drag::scrub;
            return drag_to(last_, context);
        case Target::minimap:
            drag_ = Drag::minimap;
            return drag_to(last_, context);
        case Target::process:
            return session.fold(hit.id);
        case Target::request:
            return session.follow(hit.id);
        case Target::channel:
            return session.select_channel(hit.id);
        case Target::timer:
            return session.select_timer(hit.id);
        case Target::none:
        case Target::group:
            return;
    }
}

void Controls::place_caret(Point at, Context& context, bool selects) {
    const PlacedScene* code = context.frame.find(Panel::code);
    const PanelInput input = panel_input(context.session, code->rect.size(), context.measure);
    const std::size_t offset = text_offset_at(input, context.session.code(), at, code->scene.scroll);
    context.session.view().code_scroll = code->scene.scroll;
    context.session.edit([&](TextBuffer& buffer) { buffer.place(offset, selects); });
}

void Controls::on(const Pasted& pasted, Context& context) {
    if (!context.session.is_editing()) return;
    std::string text = pasted.text;
    std::erase(text, '\r');
    context.session.edit([&](TextBuffer& buffer) { buffer.insert(text); });
}

void Controls::on(const Dropped& dropped, Context& context) {
    try {
        context.session.open(dropped.file);
    } catch (const std::runtime_error& error) {
        context.session.tell(error.what());
    }
}

void Controls::drag_to(Point at, Context& context) {
    Session& session = context.session;
    if (drag_ == Drag::divider) {
        if (!context.frame.screen) return;
        View& view = session.view();
        view.division = moved(view.division, *context.frame.screen, divider_, at);
        return;
    }
    if (drag_ == Drag::text) {
        const Rect code = context.frame.find(Panel::code)->rect;
        return place_caret({at.x - code.x, at.y - code.y}, context, true);
    }
    const Rect place = context.frame.find(Panel::timeline)->rect;
    const TimelineScale scale = timeline_scale(session, context.frame, context.measure);
    const float x = scale.along({at.x - place.x, at.y - place.y});
    if (drag_ == Drag::pan) return pan(session.view(), scale, scale.along(last_) - scale.along(at));
    // Columns beside those in sight come along with the finger.
    if (scale.upright() && at.x != last_.x) scroll_lanes(session.view(), scale, last_.x - at.x);
    const std::uint32_t step = drag_ == Drag::scrub ? scale.step_at(x) : scale.minimap_step_at(x);
    // While the ruler is dragged it stands still under the mouse; the minimap moves it.
    if (drag_ == Drag::scrub) {
        pan(session.view(), scale, 0);
    } else {
        session.view().timeline_follows = true;
    }
    session.seek(step);
}

void Controls::on(const PointerReleased&, Context&) { drag_ = Drag::none; }

void Controls::on(const Wheel& wheel, Context& context) {
    const Found found = context.frame.at(wheel.at);
    const PlacedScene* placed = context.frame.find(found.panel);
    if (placed == nullptr) return;
    View& view = context.session.view();
    if (found.panel == Panel::timeline) {
        const TimelineScale scale = timeline_scale(context.session, context.frame, context.measure);
        if (scale.upright()) return pan(view, scale, -wheel.up * wheel_pixels);
        if (wheel.modifiers.shift) return pan(view, scale, -wheel.up * wheel_pixels);
        if (wheel.across != 0) pan(view, scale, wheel.across * wheel_pixels);
        if (found.local.x < TimelineScale::labels) return scroll_lanes(view, scale, -wheel.up * wheel_pixels);
        if (wheel.up != 0) zoom(view, scale, std::pow(zoom_factor, wheel.up), found.local.x);
        return;
    }
    float* scroll = scroll_of(view, found.panel);
    if (scroll == nullptr || placed->scene.content_height == 0) return;
    *scroll = std::clamp(placed->scene.scroll - wheel.up * wheel_pixels, 0.0F, placed->scene.content_height);
}

// -- the card ---------------------------------------------------------------------------------------------------------

std::optional<HoverCard> Controls::card(Time now, bool motion) const {
    if (!rests_on_ || drag_ != Drag::none || now < rests_since_ + card_after) return std::nullopt;
    HoverCard card = *rests_on_;
    const std::chrono::duration<float> shown = now - rests_since_ - card_after;
    if (motion) card.strength = std::min(1.0F, shown / std::chrono::duration<float>(card_fades));
    return card;
}

std::optional<Time> Controls::next_wake(Time now) const {
    if (!rests_on_ || now >= rests_since_ + card_after + card_fades) return std::nullopt;
    return std::max(now, rests_since_ + card_after);
}

}  // namespace co::studio
