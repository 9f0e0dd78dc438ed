#include "visualizer/layout/process_pipes.h"

#include <fmt/format.h>

#include <algorithm>

namespace co::studio {

namespace {

constexpr float ring = 3.5F;

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

/// Two thin lines, as of a tube.
void draw_tube(Scene& scene, const Pipe& pipe, Ink ink) {
    const float pull = (pipe.to.x - pipe.from.x) * 0.45F;
    for (const float y : {-2.0F, 2.0F}) {
        scene.bezier({pipe.from.x, pipe.from.y + y}, {pipe.from.x + pull, pipe.from.y + y},
                     {pipe.to.x - pull, pipe.to.y + y}, {pipe.to.x, pipe.to.y + y}, ink);
    }
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
        const Pipe pipe = pipe_between(from->box, to->box);
        const float pull = (pipe.to.x - pipe.from.x) * 0.45F;
        const Ink ink = is_over ? Ink::border : Ink::text3;
        scene.bezier(pipe.from, {pipe.from.x + pull, pipe.from.y}, {pipe.to.x - pull, pipe.to.y}, pipe.to, ink,
                     {.width = 1.5F});
        scene.circle(pipe.from, ring, ink, 1.5F);
        scene.circle(pipe.to, ring, ink, 1.5F);
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

/// Where a message of that part comes in: from the left or from the right.
bool comes_from_left(const ProcessPlaces& places, const ProcessPlace& to, std::uint32_t from_role) {
    const ProcessPlace* from = places.of_role(from_role);
    return !from || from->column < to.column;
}

bool has_neighbour(const ProcessPlaces& places, const ProcessPlace& place, bool on_left) {
    return std::ranges::any_of(places.all(), [&](const ProcessPlace& other) {
        return on_left ? are_neighbours(other, place) : are_neighbours(place, other);
    });
}

}  // namespace

Point Pipe::at(float share) const {
    const float back = 1 - share;
    const float pull = (to.x - from.x) * 0.45F;
    const auto mix = [&](float a, float b, float c, float d) {
        return back * back * back * a + 3 * back * back * share * b + 3 * back * share * share * c +
               share * share * share * d;
    };
    return {mix(from.x, from.x + pull, to.x - pull, to.x), mix(from.y, from.y, to.y, to.y)};
}

Pipe pipe_between(const Rect& from, const Rect& to) {
    const float a = from.y + from.h / 2, b = to.y + to.h / 2;
    if (from.right() <= to.x) return {{from.right(), a}, {to.x, b}};
    if (to.right() <= from.x) return {{from.x, a}, {to.right(), b}};
    const float x = from.x + from.w / 2;  // above each other
    return from.y < to.y ? Pipe{{x, from.bottom()}, {x, to.y}} : Pipe{{x, from.y}, {x, to.bottom()}};
}

void draw_pipes(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    for (const ProcessPlace& left : places.all()) {
        for (const ProcessPlace& right : places.all()) {
            if (are_neighbours(left, right)) draw_tube(scene, pipe_between(left.box, right.box), Ink::strong_border);
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
        const Pipe pipe = pipe_between(from->box, to->box);
        const float pull = (pipe.to.x - pipe.from.x) * 0.45F;
        scene.bezier(pipe.from, {pipe.from.x + pull, pipe.from.y}, {pipe.to.x - pull, pipe.to.y}, pipe.to, Ink::now,
                     {.width = 2});
        const float way = pipe.to.x >= pipe.from.x ? 1.0F : -1.0F;
        scene.polygon({pipe.to, {pipe.to.x - way * 8, pipe.to.y + 4}, {pipe.to.x - way * 8, pipe.to.y - 4}}, Ink::now);
        const Point middle = pipe.at(one.share);
        const float width = input.measure(one.text, Font::caption_bold) + 12;
        scene.fill({middle.x - width / 2, middle.y - 8, width, 16}, Ink::now, {.radius = 3});
        scene.text(middle.x, middle.y + 4, one.text,
                   {.font = Font::caption_bold, .ink = Ink::on_now, .align = Align::center});
    }
}

}  // namespace co::studio
