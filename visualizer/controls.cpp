#include "visualizer/controls.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "visualizer/edit_keys.h"
#include "visualizer/layout/code_layout.h"
#include "visualizer/layout/timeline_scale.h"
#include "visualizer/navigation.h"

namespace co::studio {
namespace {

using namespace std::chrono_literals;

constexpr Time card_after = 150ms;
constexpr Time card_fades = 80ms;
constexpr float wheel_pixels = 54;  // three rows a notch
constexpr float pan_pixels = 108;   // three steps a key
constexpr float zoom_factor = 1.25F;

TimelineScale timeline_scale(const Session& session, const Frame& frame, const MeasureText& measure) {
    return TimelineScale(panel_input(session, frame.find(Panel::timeline)->rect.size(), measure));
}

/// The commands of a key with its modifiers.
std::optional<Command> command_of(const KeyPressed& key) {
    const auto& [shift, control, alt] = key.modifiers;
    switch (key.key) {
        case KeyCode::space:
            return Command::play;
        case KeyCode::right:
            return shift ? Command::next_switch : alt ? Command::next_of_selected : Command::step;
        case KeyCode::left:
            return shift ? Command::previous_switch : alt ? Command::previous_of_selected : Command::back;
        case KeyCode::home:
            return Command::first;
        case KeyCode::end:
            return Command::last;
        case KeyCode::up:
            return Command::lane_up;
        case KeyCode::down:
            return Command::lane_down;
        case KeyCode::page_up:
            return Command::previous_lesson;
        case KeyCode::page_down:
            return Command::next_lesson;
        case KeyCode::f1:
            return Command::help;
        case KeyCode::f5:
            return Command::to_breakpoint;
        case KeyCode::f9:
            return shift ? Command::break_on_coroutine : Command::break_here;
        case KeyCode::f10:
            return shift ? Command::previous_of_selected : Command::next_of_selected;
        case KeyCode::enter:
            return control ? std::optional(Command::run) : std::nullopt;
        case KeyCode::s:
            return Command::save;
        case KeyCode::k:
            return Command::palette;
        default:
            return std::nullopt;
    }
}

std::optional<Command> command_of(char32_t character) {
    switch (character) {
        case U'[':
            return Command::slower;
        case U']':
            return Command::faster;
        case U'w':
            return Command::zoom_in;
        case U's':
            return Command::zoom_out;
        case U'a':
            return Command::pan_left;
        case U'd':
            return Command::pan_right;
        case U'f':
            return Command::focus;
        case U'c':
            return Command::choose;
        case U'/':
            return Command::filter;
        case U'e':
            return Command::edit;
        case U'n':
            return Command::to_checkpoint;
        case U'u':
            return Command::undo_choice;
        case U'?':
            return Command::help;
        default:
            return std::nullopt;
    }
}

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
    if (panel == Panel::bottom) view.bottom_tab = static_cast<BottomTab>(tab), view.bottom_scroll = -1;
}

std::string utf8(char32_t character) {
    constexpr std::array<char32_t, 4> leads{0, 0xC0, 0xE0, 0xF0};
    const std::size_t tails = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    std::string text;
    const auto put = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    put(leads[tails] | (character >> (6 * tails)));
    for (std::size_t i = tails; i-- > 0;) put(0x80U | ((character >> (6 * i)) & 0x3FU));
    return text;
}

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

bool same_hover(const View& a, std::uint32_t coroutine, std::optional<std::uint32_t> channel,
                std::optional<std::uint32_t> timer) {
    return a.hovered == coroutine && a.hovered_channel == channel && a.hovered_timer == timer;
}

}  // namespace

void Controls::take(const Input& input, Session& session, const Frame& frame, const MeasureText& measure) {
    Context context{session, frame, measure};
    std::visit([&](const auto& one) { on(one, context); }, input);
}

// -- keys -------------------------------------------------------------------------------------------------------------

static void perform(Command command, Session& session, const Frame& frame, const MeasureText& measure) {
    if (frame.find(Panel::timeline) == nullptr) return session.perform(command);
    const TimelineScale scale = timeline_scale(session, frame, measure);
    const float middle = std::clamp(scale.x_of(session.view().cursor), scale.origin(), scale.width());
    switch (command) {
        case Command::zoom_in:
            return zoom(session.view(), scale, zoom_factor, middle);
        case Command::zoom_out:
            return zoom(session.view(), scale, 1 / zoom_factor, middle);
        case Command::pan_left:
            return pan(session.view(), scale, -pan_pixels);
        case Command::pan_right:
            return pan(session.view(), scale, pan_pixels);
        default:
            return session.perform(command);
    }
}

/// Keys of the program that is being edited; false: the key means what it means elsewhere.
static bool on_text(const KeyPressed& key, Session& session, const Frame& frame) {
    if (const PlacedScene* code = frame.find(Panel::code)) session.view().code_scroll = code->scene.scroll;
    bool taken = false;
    session.edit([&](TextBuffer& buffer) {
        if (auto text = copied_by(buffer, key)) {
            session.copy(std::move(*text));
            taken = true;
        } else {
            taken = !(key.key == KeyCode::enter && key.modifiers.control) && press(buffer, key);
        }
    });
    return taken;
}

/// Keys of a field that takes text; false: it has no use for this one.
static bool on_field(KeyCode key, Session& session) {
    if (!session.takes_text()) return false;
    switch (key) {
        case KeyCode::space:
            return session.type(" "), true;
        case KeyCode::backspace:
            return session.erase_typed(), true;
        case KeyCode::enter:
            if (session.overlay() == Overlay::palette) return false;
            return session.end_typing(), true;
        default:
            return false;
    }
}

static void take_entry(std::size_t row, Session& session, const Frame& frame, const MeasureText& measure) {
    const std::vector<PaletteEntry> entries = session.palette();
    session.show(Overlay::none);
    if (row >= entries.size()) return;
    if (!entries[row].command) return session.open_lesson(entries[row].lesson);
    perform(*entries[row].command, session, frame, measure);
}

/// Keys of the list that lies on top; false: there is none, or it has no use for this one.
static bool on_rows(KeyCode key, Session& session, const Frame& frame, const MeasureText& measure) {
    const bool palette = session.overlay() == Overlay::palette;
    if (!palette && session.overlay() != Overlay::lessons) return false;
    switch (key) {
        case KeyCode::up:
            return session.move_lesson_row(-1), true;
        case KeyCode::down:
            return session.move_lesson_row(+1), true;
        case KeyCode::enter:
            if (palette) return take_entry(session.lesson_row(), session, frame, measure), true;
            return session.open_lesson(session.lesson_row()), true;
        default:
            return false;
    }
}

void Controls::on(const KeyPressed& key, Context& context) {
    rests_on_.reset();
    if (key.key == KeyCode::escape) return context.session.escape();
    if (on_field(key.key, context.session)) return;
    if (on_rows(key.key, context.session, context.frame, context.measure)) return;
    const bool in_text = context.session.is_editing() && context.session.overlay() == Overlay::none;
    if (in_text && on_text(key, context.session, context.frame)) return;
    if (const auto command = command_of(key)) {
        perform(*command, context.session, context.frame, context.measure);
    }
}

void Controls::on(const Typed& typed, Context& context) {
    if (context.session.takes_text()) return context.session.type(utf8(typed.character));
    if (context.session.is_editing()) {
        return context.session.edit([&](TextBuffer& buffer) { buffer.insert(utf8(typed.character)); });
    }
    if (typed.character >= U'1' && typed.character <= U'9') return context.session.run_next(typed.character - U'1');
    if (const auto command = command_of(typed.character)) {
        perform(*command, context.session, context.frame, context.measure);
    }
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
    if (pressed.button == Button::left) return click(found, context);
    if (pressed.button == Button::right && break_on(found.hit, context.session)) return;
    if (found.panel == Panel::timeline) drag_ = Drag::pan;
}

void Controls::click(const Found& found, Context& context) {
    Session& session = context.session;
    const Hit& hit = found.hit;
    if (found.panel == Panel::overlay && session.overlay() == Overlay::palette && hit.target == Target::choice) {
        return take_entry(hit.id, session, context.frame, context.measure);
    }
    if (found.panel == Panel::overlay) {
        return hit.target == Target::choice ? session.open_lesson(hit.id) : session.show(Overlay::none);
    }
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
        case Target::source_line:
            if (const auto step = next_step_at(session, hit.id)) session.seek(*step);
            return;
        case Target::scrub:
            drag_ = Drag::scrub;
            return drag_to(last_, context);
        case Target::minimap:
            drag_ = Drag::minimap;
            return drag_to(last_, context);
        case Target::none:
        case Target::channel:
        case Target::timer:
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
