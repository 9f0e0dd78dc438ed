#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/boxes.h"
#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/lit.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

using trace::EventKind;

/// Where the parts of a channel stand. Values enter on the left and leave on the right; seat 1 is next out.
class ChannelGeometry {
  public:
    ChannelGeometry(const PanelInput& input, const ChannelState& channel, float top) : top_(top) {
        const bool narrow = input.size.w < narrow_inspector;
        width_ = input.size.w - 2 * inspector_margin;
        queue_ = narrow ? 84 : 108;
        between_ = narrow ? 8 : 12;
        box_top = top + (narrow ? 34.0F : 40.0F);
        box_height = narrow ? 40 : 48;
        height = narrow ? 112 : 136;
        const float area = width_ - 2 * queue_ - 2 * (narrow ? 20.0F : 44.0F);
        const auto most = static_cast<std::size_t>((area + between_) / (44 + between_));
        const auto capacity = static_cast<std::size_t>(std::max<std::int64_t>(channel.capacity, 1));
        seats = std::min(capacity, std::max<std::size_t>(most, 1));
        folded = capacity > seats;
        const float count = static_cast<float>(seats);
        seat_width = std::min(80.0F, std::floor((area - (count - 1) * between_) / count));
        const float all = count * seat_width + (count - 1) * between_;
        first_left_ = inspector_margin + std::floor((width_ - all) / 2);
        seats_right = first_left_ + all;
    }

    Rect producers() const { return {inspector_margin, box_top, queue_, box_height}; }
    Rect consumers() const { return {inspector_margin + width_ - queue_, box_top, queue_, box_height}; }
    /// Seat 0 is the next out, so it stands at the right.
    Rect seat(std::size_t index) const {
        const float from_left = static_cast<float>(seats - 1 - index);
        return {first_left_ + from_left * (seat_width + between_), box_top, seat_width, box_height};
    }
    float seats_left() const { return first_left_; }
    float top() const { return top_; }

    float box_top = 0, box_height = 48, height = 136, seat_width = 80, seats_right = 0;
    std::size_t seats = 1;  // drawn; where the channel has more, the last one stands for the rest
    bool folded = false;

  private:
    float top_, width_ = 0, queue_ = 108, between_ = 12, first_left_ = 0;
};

Ink ink_of_value(const std::string& value) {
    if (value.starts_with('"') || value.starts_with('\'')) return Ink::string;
    const bool number = !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
    return number ? Ink::number : Ink::text1;
}

void draw_free_seat(Scene& scene, const Rect& rect, bool says_so) {
    scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, Ink::strong_border,
                 {.radius = 4, .dash = 4, .gap = 4});
    if (says_so) {
        scene.text(rect.x + rect.w / 2, rect.y + rect.h / 2 + 4.5F, "free",
                   {.ink = Ink::text3, .align = Align::center});
    }
}

/// Whether the step that is now took the value in front out, so that the others move up.
bool moves_up(const PanelInput& input, const ChannelState& channel) {
    if (input.view.flight == 0 || input.state.step == 0) return false;
    const trace::Event& event = input.model.event(input.state.step);
    return event.kind == EventKind::pop && event.object == channel.id;
}

/// `pitch`: how far the seat before this one is; a value comes from there while the queue moves up.
void draw_seat(Scene& scene, const PanelInput& input, Rect rect, const Seat* seat, float pitch) {
    if (!seat) return draw_free_seat(scene, rect, true);
    const bool arrives = seat->step == input.view.cursor;
    // The value that is on its way takes the seat, and the outline of now comes with it.
    if (arrives && input.view.flight > 0) return draw_free_seat(scene, rect, false);
    if (pitch > 0) {
        draw_free_seat(scene, rect, false);
        rect.x -= pitch * still_to_go(input.view.flight);
    }
    const float middle = rect.y + rect.h / 2;
    draw_box(scene, rect, Ink::row, Ink::strong_border);
    if (arrives) scene.stroke(rect, Ink::now, {.width = 2, .radius = 4});
    const std::string value(input.model.text(seat->text));
    scene.text(rect.x + rect.w / 2, middle + 4.5F, cut_to_fit(value, Font::code, rect.w - 10, input.measure),
               {.font = Font::code, .ink = ink_of_value(value), .align = Align::center});
}

/// The seats beyond those that are drawn, in one box.
void draw_folded_seats(Scene& scene, const ChannelState& channel, const ChannelGeometry& at) {
    const Rect rect = at.seat(at.seats - 1);
    const auto first = at.seats;  // its number, from 1
    const std::size_t taken = channel.seats.size() >= first ? channel.seats.size() - first + 1 : 0;
    scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, Ink::strong_border,
                 {.radius = 4, .dash = taken ? 0.0F : 4.0F, .gap = 4});
    const std::string text = taken ? fmt::format("+{}", taken) : "free";
    scene.text(rect.x + rect.w / 2, rect.y + rect.h / 2 + 4.5F, text,
               {.ink = taken ? Ink::text1 : Ink::text3, .align = Align::center});
}

/// "seat 1, next out", "seat 2", …; in shorter words where the seats are narrow.
void draw_seat_captions(Scene& scene, const PanelInput& input, const ChannelState& channel, const ChannelGeometry& at) {
    const bool long_words = at.height > 120;
    for (std::size_t i = 0; i < at.seats; ++i) {
        std::string text = (at.seat_width >= 44 ? "seat " : "") + std::to_string(i + 1);
        if (i == 0) text = long_words ? "seat 1, next out" : "next out";
        const bool runs_into_next = at.seats > 1 && input.measure(text, Font::caption) > at.seat_width + 8;
        if (i == 0 && runs_into_next) text = "next out";
        if (at.folded && i + 1 == at.seats && i > 0) text = fmt::format("to {}", channel.capacity);
        if (!long_words && input.measure(text, Font::caption) > at.seat_width + 4) continue;
        draw_caption(scene, at.seat(i), text);
    }
}

/// The value that a parked coroutine holds for this channel, or that it waits at others as well.
std::string offer_of(const PanelInput& input, std::uint32_t id, std::uint32_t channel) {
    const CoroutineState* coroutine = input.state.coroutine(id);
    if (!coroutine) return "";
    const std::string_view value = input.model.text(coroutine->wait.offered_to(channel));
    return value.empty() && coroutine->wait.kind == WaitKind::select ? "select" : std::string(value);
}

/// The coroutines parked at one end, the next to be served first.
void draw_queue(Scene& scene, const PanelInput& input, const Rect& rect, const std::deque<std::uint32_t>& queue,
                std::uint32_t channel, const std::string& caption) {
    draw_box(scene, rect, Ink::window, queue.empty() ? Ink::border : Ink::strong_border);
    const std::size_t shown = std::min<std::size_t>(queue.size(), 2);
    // Beside a chip there is no room for a number that may have five digits.
    draw_caption(scene, rect, queue.size() > shown ? fmt::format("{} wait", queue.size()) : caption);
    if (queue.empty()) {
        scene.text(rect.x + rect.w / 2, rect.y + rect.h / 2 + 4.5F, "nobody waits",
                   {.ink = Ink::text3, .align = Align::center});
        return;
    }
    const float pitch = 19;
    float y = rect.y + (rect.h - chip_height - static_cast<float>(shown - 1) * pitch) / 2;
    for (std::size_t i = 0; i < shown; ++i, y += pitch) {
        const std::string offer = offer_of(input, queue[i], channel);
        const float x = rect.x + 8 + chip_width(chip_of(input, queue[i]), input.measure) + 6;
        const float room = rect.right() - 4 - x;
        const bool below = shown == 1 && input.measure(offer, Font::caption) > room;
        const float chip_top = below ? rect.y + 4 : y;
        draw_chip_of(scene, {rect.x + 8, chip_top}, input, queue[i]);
        const TextStyle style{.font = Font::caption, .ink = Ink::text2};
        if (below) {
            scene.text(rect.x + 8, chip_top + chip_height + 13,
                       cut_to_fit(offer, Font::caption, rect.w - 12, input.measure), style);
        } else if (!offer.empty() && room >= 10) {
            scene.text(x, y + 12, cut_to_fit(offer, Font::caption, room, input.measure), style);
        }
    }
}

/// The value on its way, fast at first and slow at its end; from above one box to above another, in an arc.
void draw_in_flight(Scene& scene, const PanelInput& input, std::string_view value, float from_x, float to_x, float y) {
    const float done = 1 - still_to_go(input.view.flight);
    const float x = from_x + (to_x - from_x) * done;
    const float height = 11 * 4 * done * (1 - done);
    const std::string text = cut_to_fit(value, Font::code_small, 72, input.measure);
    const float width = input.measure(text, Font::code_small) + 10;
    const Rect plate{x - width / 2, y - height - 9, width, 18};
    scene.fill(plate, Ink::row, {.radius = 3});
    scene.stroke({plate.x + 0.5F, plate.y + 0.5F, plate.w - 1, plate.h - 1}, Ink::now, {.radius = 3});
    scene.text(x, y - height + 4.5F, text,
               {.font = Font::code_small, .ink = ink_of_value(text), .align = Align::center});
}

/// The way of the value that moved in this very step, from above one box to above another.
void draw_moved(Scene& scene, const PanelInput& input, std::string_view value, float from_x, float to_x,
                float box_top) {
    const float y = box_top - 6;
    const float pull = std::min(24.0F, std::abs(to_x - from_x) / 3);
    const float way = to_x > from_x ? 1 : -1;
    const Point tip{to_x, box_top - 3};
    scene.bezier({from_x, y}, {from_x + way * pull, y - 14}, {to_x - way * pull, y - 14}, {tip.x - way * 4, tip.y - 4},
                 Ink::now, {.width = 1.5F});
    // The head points along the curve's end: down, and a little the way it came.
    scene.polygon({tip, {tip.x - way * 2.08F, tip.y - 7.54F}, {tip.x - way * 7.28F, tip.y - 2.86F}}, Ink::now);
    if (input.view.flight > 0) draw_in_flight(scene, input, value, from_x, to_x, y);
}

void draw_what_moved(Scene& scene, const PanelInput& input, const ChannelState& channel, const ChannelGeometry& at) {
    if (input.state.step == 0) return;
    const trace::Event& event = input.model.event(input.state.step);
    if (event.object != channel.id) return;
    const auto middle = [](const Rect& rect) { return rect.x + rect.w / 2; };
    const std::string_view value = input.model.text(event.text);
    const auto last_seat = [&] { return std::min(channel.seats.size(), at.seats) - 1; };
    const auto last_value = [&] { return input.model.text(channel.seats[last_seat()].text); };
    const auto before = [&](std::size_t seat) {
        return seat + 1 < at.seats ? middle(at.seat(seat + 1)) : middle(at.producers());
    };
    if (event.kind == EventKind::push && event.other != trace::nobody) {
        draw_moved(scene, input, value, middle(at.producers()), middle(at.consumers()), at.box_top);
    } else if (event.kind == EventKind::push && !channel.seats.empty()) {
        draw_moved(scene, input, last_value(), before(last_seat()), middle(at.seat(last_seat())), at.box_top);
    } else if (event.kind == EventKind::pop) {
        draw_moved(scene, input, value, middle(at.seat(0)), middle(at.consumers()), at.box_top);
        if (event.other != trace::nobody && !channel.seats.empty() && at.seats > 1) {
            draw_moved(scene, input, last_value(), before(last_seat()), middle(at.seat(last_seat())), at.box_top);
        }
    }
}

/// `co#3 left it at step 16, with "tea"`: who was the last to leave a queue that is empty now.
std::string last_to_leave(const PanelInput& input, const ChannelState& channel, WaitKind kind) {
    const CoroutineState* last = nullptr;
    for (const CoroutineState& coroutine : input.state.coroutines) {
        const bool was_here = coroutine.last_wait.stands_at(channel.id, kind == WaitKind::push);
        if (was_here && coroutine.woken_step > 0 && (!last || coroutine.woken_step > last->woken_step))
            last = &coroutine;
    }
    if (!last || last->wait.stands_at(channel.id, kind == WaitKind::push)) return "";
    std::string text = fmt::format("{} left it at step {}", Model::chip(last->id), last->woken_step);
    const bool got = kind == WaitKind::pop && last->hand != 0;
    return got ? text + fmt::format(", with {}", input.model.text(last->hand)) : text;
}

void draw_remarks(Scene& scene, const PanelInput& input, const ChannelState& channel, const ChannelGeometry& at) {
    const float y = at.box_top + at.box_height + (at.height > 120 ? 34.0F : 31.0F);
    std::string producer, consumer;
    if (channel.producers.empty()) producer = last_to_leave(input, channel, WaitKind::push);
    if (channel.consumers.empty()) consumer = last_to_leave(input, channel, WaitKind::pop);
    const float width = input.size.w - 2 * inspector_margin;
    const bool both = !producer.empty() && !consumer.empty();
    TextStyle style{.font = Font::caption, .ink = Ink::text2, .max_width = both ? width / 2 - 6 : width};
    if (!producer.empty()) scene.text(inspector_margin, y, producer, style);
    style.align = Align::right;
    if (!consumer.empty()) scene.text(input.size.w - inspector_margin, y, consumer, style);
}

std::string description(const ChannelState& channel) {
    return fmt::format("capacity {}, {} taken, {}", channel.capacity,
                       counted(static_cast<std::int64_t>(channel.seats.size()), "seat"),
                       channel.closed ? "closed" : "open");
}

/// With a margin of 4 px on both sides.
float heading_width(const PanelInput& input, const ChannelState& channel) {
    return 8 + input.measure(channel_name(input.model.trace(), input.state, channel.id), Font::code_bold);
}

}  // namespace

float draw_channel(Scene& scene, const PanelInput& input, const ChannelState& channel, float top) {
    const ChannelGeometry at(input, channel, top);
    if (is_channel_lit(input.view, channel.id)) {
        const Rect ground{4, top - 4, input.size.w - 8, at.height - 4};
        scene.fill(ground, Ink::raised, {.radius = 4});
        if (input.view.selected_channel == channel.id) scene.stroke(ground, Ink::now, {.width = 1.5F, .radius = 4});
    }
    const Rect name{inspector_margin - 4, top - 1, heading_width(input, channel), 17};
    if (is_set(input.view.breakpoints, {Breakpoint::Kind::channel, channel.id})) {
        scene.stroke({name.x + 0.5F, name.y + 0.5F, name.w - 1, name.h - 1}, Ink::text1, {.width = 1.5F, .radius = 3});
    }
    draw_heading(scene, input, {inspector_margin, top + 12}, channel_name(input.model.trace(), input.state, channel.id),
                 description(channel), input.size.w - inspector_margin, Font::code_bold);
    draw_queue(scene, input, at.producers(), channel.producers, channel.id, "producers’ queue");
    draw_queue(scene, input, at.consumers(), channel.consumers, channel.id, "consumers’ queue");
    const std::size_t single = at.folded && at.seats > 1 ? at.seats - 1 : at.seats;
    const float pitch = moves_up(input, channel) && at.seats > 1 ? at.seat(0).x - at.seat(1).x : 0;
    for (std::size_t i = 0; i < single; ++i) {
        draw_seat(scene, input, at.seat(i), i < channel.seats.size() ? &channel.seats[i] : nullptr, pitch);
    }
    if (single < at.seats) draw_folded_seats(scene, channel, at);
    draw_seat_captions(scene, input, channel, at);
    const float middle = at.box_top + at.box_height / 2;
    draw_flow_arrow(scene, at.producers().right() + 4, at.seats_left() - 4, middle);
    draw_flow_arrow(scene, at.seats_right + 4, at.consumers().x - 4, middle);
    draw_what_moved(scene, input, channel, at);
    draw_remarks(scene, input, channel, at);
    scene.hit({0, top, input.size.w, at.height}, Target::channel, channel.id);
    return at.height;
}

}  // namespace co::studio
