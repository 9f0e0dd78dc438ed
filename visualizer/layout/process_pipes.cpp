#include "visualizer/layout/process_pipes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace co::studio {

namespace {

constexpr float pipe_ring = 3.5F;

/// The steps of a hop as they are looked at: where it is now, on its way or at its end.
float share_of(const PanelInput& input, std::uint32_t sent, std::uint32_t taken) {
    const float done = 1 - input.view.flight;
    if (sent == taken) return done;
    if (input.state.step == sent) return 0.5F * done;
    return input.state.step == taken ? 0.5F + 0.5F * done : 0.5F;
}

std::string name_of(const PanelInput& input, const Message& message) {
    if (message.request != 0) return fmt::format("req {}", message.request);
    const std::string_view text = input.model.text(message.text);
    return std::string(text.substr(0, text.find(' ')));
}

/// Two thin lines, as of a tube; of one that bends back the outer line goes round the inner one.
void draw_tube(Scene& scene, const Pipe& pipe, Ink ink) {
    const bool bends = (pipe.leave.x < pipe.from.x) == (pipe.arrive.x < pipe.to.x);
    const float outwards = bends ? (pipe.leave.x < pipe.from.x ? -1.0F : 1.0F) : 0.0F;
    const float down = pipe.to.y >= pipe.from.y ? 1.0F : -1.0F;
    for (const float side : {-2.0F, 2.0F}) {
        const float out = outwards * side * 1.3F;
        const float begin = bends ? -down * side : side, end = bends ? down * side : side;
        scene.bezier({pipe.from.x, pipe.from.y + begin}, {pipe.leave.x + out, pipe.leave.y + begin},
                     {pipe.arrive.x + out, pipe.arrive.y + end}, {pipe.to.x, pipe.to.y + end}, ink);
    }
}

void draw_line(Scene& scene, const Pipe& pipe, Ink ink, float width) {
    scene.bezier(pipe.from, pipe.leave, pipe.arrive, pipe.to, ink, {.width = width});
}

bool are_neighbours(const ProcessPlace& left, const ProcessPlace& right) {
    if (left.role == trace::nobody || right.role == trace::nobody) return false;
    return (left.column == Column::reactors && right.column == Column::workers) ||
           (left.column == Column::workers && right.column == Column::task_workers);
}

/// A client and who holds its connection, as far as its requests tell.
void draw_sockets(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> drawn;
    for (const Request& request : input.model.traffic().requests()) {
        if (request.client == trace::nobody || request.hops.empty() || request.from > input.state.step) continue;
        const std::pair ends{process_of(request.client), process_of(request.hops.front().to)};
        if (std::ranges::find(drawn, ends) != drawn.end()) continue;
        drawn.push_back(ends);
        const ProcessPlace* from = places.of_process(ends.first);
        const ProcessPlace* to = places.of_process(ends.second);
        if (!from || !to) continue;
        const bool is_over = input.model.processes()[ends.first].to <= input.state.step;
        const Pipe pipe = pipe_between(places, *from, *to);
        const Ink ink = is_over ? Ink::border : Ink::text3;
        draw_line(scene, pipe, ink, 1.5F);
        scene.circle(pipe.from, pipe_ring, ink, 1.5F);
        scene.circle(pipe.to, pipe_ring, ink, 1.5F);
    }
}

void draw_count(Scene& scene, const PanelInput& input, Point middle, std::size_t count) {
    const std::string text = std::to_string(count);
    const float width = std::max(16.0F, input.measure(text, Font::caption_bold) + 8);
    const Rect plate{middle.x - width / 2, middle.y - 7, width, 14};
    scene.fill(plate, count > 0 ? Ink::now : Ink::panel, {.radius = 3});
    if (count == 0)
        scene.stroke({plate.x + 0.5F, plate.y + 0.5F, plate.w - 1, plate.h - 1}, Ink::strong_border, {.radius = 3});
    scene.text(middle.x, middle.y + 4, text,
               {.font = Font::caption_bold, .ink = count > 0 ? Ink::on_now : Ink::text3, .align = Align::center});
}

/// On which edge of the part a message from that role comes in.
bool comes_from_left(const ProcessPlaces& places, const ProcessPlace& to, std::uint32_t from_role) {
    const ProcessPlace* from = places.of_role(from_role);
    return from ? places.on_left(to.column, from->column) : places.on_left(to.column, Column::outside);
}

bool has_neighbour(const ProcessPlaces& places, const ProcessPlace& place, bool on_left) {
    return std::ranges::any_of(places.all(), [&](const ProcessPlace& other) {
        const bool are = are_neighbours(other, place) || are_neighbours(place, other);
        return are && places.on_left(place.column, other.column) == on_left;
    });
}

}  // namespace

Point Pipe::at(float share) const {
    const float back = 1 - share;
    const auto mix = [&](float a, float b, float c, float d) {
        return back * back * back * a + 3 * back * back * share * b + 3 * back * share * share * c +
               share * share * share * d;
    };
    return {mix(from.x, leave.x, arrive.x, to.x), mix(from.y, leave.y, arrive.y, to.y)};
}

namespace {

/// Out of one side and back into the same one; the further, the wider the bend, as far as there is room.
Pipe bent(const Rect& from, const Rect& to, bool on_left) {
    const float a = from.y + from.h / 2, b = to.y + to.h / 2;
    const float reach = std::clamp(20 + std::abs(b - a) * 0.13F, 24.0F, 54.0F) * (on_left ? -1.0F : 1.0F);
    const float x = on_left ? from.x : from.right(), end = on_left ? to.x : to.right();
    return {{x, a}, {x + reach, a}, {end + reach, b}, {end, b}};
}

}  // namespace

Pipe pipe_between(const ProcessPlaces& places, const ProcessPlace& from, const ProcessPlace& to) {
    const Rect &here = from.box, &there = to.box;
    if (places.is_stacked()) return bent(here, there, places.on_left(from.column, to.column));
    if (from.column == to.column) return bent(here, there, false);
    const bool rightwards = here.right() <= there.x;
    const Point begin{rightwards ? here.right() : here.x, here.y + here.h / 2};
    const Point end{rightwards ? there.x : there.right(), there.y + there.h / 2};
    const float pull = (end.x - begin.x) * 0.45F;
    return {begin, {begin.x + pull, begin.y}, {end.x - pull, end.y}, end};
}

Rect plate_of(const ProcessPlaces& places, const Pipe& pipe, float share, float width) {
    constexpr float height = 16;
    const Point at = pipe.at(share);
    float left = at.x - width / 2;
    const float first = std::min(pipe.from.x, pipe.to.x), last = std::max(pipe.from.x, pipe.to.x);
    if (places.is_stacked() || first == last) {
        const bool on_left = pipe.leave.x < pipe.from.x;
        left = on_left ? std::min(left, first - width - 1) : std::max(left, last + 1);
        left = std::max(left, 1.0F);
    } else {
        left = last - first >= width ? std::clamp(left, first, last - width) : (first + last - width) / 2;
    }
    return {left, at.y - height / 2, width, height};
}

void draw_pipes(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    for (const ProcessPlace& left : places.all()) {
        for (const ProcessPlace& right : places.all()) {
            if (are_neighbours(left, right)) draw_tube(scene, pipe_between(places, left, right), Ink::strong_border);
        }
    }
    draw_sockets(scene, input, places);
}

void draw_queues(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    for (const ProcessPlace& place : places.all()) {
        if (place.role == trace::nobody) continue;
        std::size_t left = 0, right = 0;
        for (const Message* message : input.model.traffic().waiting(place.role, input.state.step)) {
            if (comes_from_left(places, place, message->from_role))
                ++left;
            else
                ++right;
        }
        const float y = place.box.y + place.box.h / 2;
        if (has_neighbour(places, place, true)) draw_count(scene, input, {place.box.x - 1, y}, left);
        if (has_neighbour(places, place, false)) draw_count(scene, input, {place.box.right() + 1, y}, right);
    }
}

std::vector<Travelling> travelling(const PanelInput& input) {
    std::vector<Travelling> all;
    const Traffic& traffic = input.model.traffic();
    const std::uint32_t now = input.state.step;
    if (const Message* message = traffic.message_at(now)) {
        const auto to = message->to != trace::nobody ? std::optional(process_of(message->to))
                                                     : input.model.processes().playing(message->to_role, now);
        if (to)
            all.push_back({process_of(message->from), *to, share_of(input, message->sent, message->taken),
                           name_of(input, *message)});
    }
    for (const Request& request : traffic.requests()) {
        for (const Arrow& hop : request.hops) {
            const bool is_on_way = hop.from_step <= now && now <= hop.to_step;
            const bool is_socket = hop.from == request.client || hop.to == request.client;
            if (is_on_way && is_socket && request.client != trace::nobody)
                all.push_back({process_of(hop.from), process_of(hop.to), share_of(input, hop.from_step, hop.to_step),
                               fmt::format("req {}", request.number)});
        }
    }
    return all;
}

void draw_travelling(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    for (const Travelling& one : travelling(input)) {
        const ProcessPlace* from = places.of_process(one.from);
        const ProcessPlace* to = places.of_process(one.to);
        if (!from || !to || from == to) continue;
        const Pipe pipe = pipe_between(places, *from, *to);
        draw_line(scene, pipe, Ink::now, 2);
        const float way = pipe.arrive.x <= pipe.to.x ? 1.0F : -1.0F;
        scene.polygon({pipe.to, {pipe.to.x - way * 8, pipe.to.y + 4}, {pipe.to.x - way * 8, pipe.to.y - 4}}, Ink::now);
        const float width = input.measure(one.text, Font::caption_bold) + 10;
        const Rect plate = plate_of(places, pipe, one.share, width);
        scene.fill(plate, Ink::now, {.radius = 3});
        scene.text(plate.x + plate.w / 2, plate.y + 12, one.text,
                   {.font = Font::caption_bold, .ink = Ink::on_now, .align = Align::center});
    }
}

}  // namespace co::studio
