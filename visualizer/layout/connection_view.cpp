// Connections: what lies in the buffers of both ends, and what is on its way between them.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/boxes.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/model/connections.h"
#include "visualizer/model/loop_words.h"
#include "visualizer/model/words.h"

namespace co::studio {

namespace {

constexpr float buffer_height = 20;
constexpr float direction_height = 66;
constexpr float head_height = 22;
constexpr std::size_t most_shown = 16;

struct Place {
    Scene& scene;
    const PanelInput& input;
    float right() const { return input.size.w - inspector_margin; }
    bool is_narrow() const { return input.size.w < narrow_inspector; }
};

/// "1,460 bytes", in a narrow panel "1,460".
std::string bytes_text(std::uint64_t bytes, bool with_unit) {
    std::string digits = std::to_string(bytes);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return with_unit ? digits + (bytes == 1 ? " byte" : " bytes") : digits;
}

/// How full one buffer is, against the most that this connection ever held; what is sent already is paler.
void draw_bar(const Place& at, const Rect& box, std::uint64_t first, std::uint64_t second, std::uint64_t most) {
    draw_box(at.scene, box, Ink::window, Ink::strong_border);
    const float room = box.w - 4;
    const auto share = [&](std::uint64_t bytes) {
        return bytes == 0 ? 0.0F : std::max(2.0F, room * static_cast<float>(bytes) / static_cast<float>(most));
    };
    const float left = std::min(room, share(first));
    const float more = std::min(room - left, share(second));
    if (left > 0)
        at.scene.fill({box.x + 2, box.y + 2, left, box.h - 4}, Ink::waiting_io, {.alpha = 0.55F, .radius = 2});
    if (more > 0)
        at.scene.fill({box.x + 2 + left, box.y + 2, more, box.h - 4}, Ink::waiting_io, {.alpha = 0.22F, .radius = 2});
    at.scene.text(box.x + box.w / 2, box.y + 14, bytes_text(first + second, !at.is_narrow()),
                  {.font = Font::caption_medium, .ink = Ink::text1, .align = Align::center, .max_width = box.w - 8});
}

void draw_way(const Place& at, float from, float to, float y, const Flow& flow, bool is_near) {
    draw_flow_arrow(at.scene, from, to, y);
    const std::uint64_t bytes = flow.on_its_way();
    const std::string text = is_near ? "same computer" : bytes == 0 ? "nothing on its way" : bytes_text(bytes, false);
    if (at.is_narrow() && bytes == 0) return;
    at.scene.text((from + to) / 2, y - 5, text,
                  {.font = bytes > 0 ? Font::caption_bold : Font::caption,
                   .ink = bytes > 0 ? Ink::text1 : Ink::text3,
                   .align = Align::center,
                   .max_width = to - from - 4});
}

/// "3 sends, 1 segment, 1 read, 3 packets": they are seldom as many.
std::string counts_text(const Flow& flow, bool is_near) {
    std::string text = counted(flow.writes, "send");
    if (!is_near) text += ", " + counted(flow.segments, "segment");
    if (flow.lost > 0) text += fmt::format(" ({} lost)", flow.lost);
    text += ", " + counted(flow.reads, "read");
    if (flow.packets > 0) text += ", " + counted(flow.packets, "packet");
    if (flow.has_ended) text += ", at its end";
    return text;
}

void draw_direction(const Place& at, const Connection& connection, const Flow& flow, const std::string& who,
                    float top) {
    const float left = inspector_margin;
    const float width = at.right() - left;
    const float bar = at.is_narrow() ? width * 0.33F : width * 0.34F;
    at.scene.text(left, top + 11, who, {.font = Font::caption_medium, .ink = Ink::text2, .max_width = width * 0.5F});
    at.scene.text(at.right(), top + 11, counts_text(flow, connection.is_near),
                  {.font = Font::caption, .ink = Ink::text3, .align = Align::right, .max_width = width * 0.5F - 8});
    const Rect send{left, top + 18, bar, buffer_height}, receive{at.right() - bar, top + 18, bar, buffer_height};
    draw_bar(at, send, flow.unsent(), flow.on_its_way(), connection.fullest);
    draw_bar(at, receive, flow.waiting(), 0, connection.fullest);
    draw_way(at, send.right() + 4, receive.x - 4, send.y + buffer_height / 2, flow, connection.is_near);
    const auto caption = [&](const Rect& box, const char* text) {
        at.scene.text(box.x, box.bottom() + 13, text, {.font = Font::caption, .ink = Ink::text3, .max_width = box.w});
    };
    caption(send, "send buffer");
    caption(receive, "receive buffer");
}

/// A process that the trace has is called by its name, others by their address.
std::string name_of(const PanelInput& input, const ConnectionEnd& end) {
    const Loop* loop = end.process == trace::nobody ? nullptr : input.state.loops.find(end.process);
    return loop && loop->name != 0 ? loop_name(input.model, *loop) : computer_at(input.model.trace(), end.address);
}

float draw_connection(const Place& at, const EndOf& end, std::uint32_t fd, float top) {
    const Connections& connections = at.input.model.connections();
    const Connection& connection = connections.all()[end.connection];
    const std::string names[] = {name_of(at.input, connection.ends[0]), name_of(at.input, connection.ends[1])};
    draw_heading(at.scene, at.input, {inspector_margin, top + 12}, fmt::format("Descriptor {}", fd),
                 fmt::format("{} and {}", connection.ends[end.side].address, connection.ends[1 - end.side].address),
                 at.right());
    float y = top + head_height;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        const Flow flow = connections.flow({end.connection, side}, at.input.state.step);
        draw_direction(at, connection, flow, names[side] + " to " + names[1 - side], y);
        y += direction_height;
    }
    return y + 4 - top;
}

}  // namespace

float draw_connections(Scene& scene, const PanelInput& input, const Loop& loop, float top) {
    const Place at{scene, input};
    float y = top;
    std::size_t shown = 0;
    for (const Descriptor& one : loop.descriptors) {
        const auto end = input.model.connections().find(loop.process, one.fd, input.state.step);
        if (!end) continue;
        if (++shown > most_shown) {
            scene.text(inspector_margin, y + 12, "and more connections", {.ink = Ink::text3});
            return y + 24 - top;
        }
        y += draw_connection(at, *end, one.fd, y);
    }
    return y - top;
}

}  // namespace co::studio
