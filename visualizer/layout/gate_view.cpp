// Wait groups and gates: on the left what they count, on the right who waits.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "visualizer/layout/boxes.h"
#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"

namespace co::studio {

namespace {

using trace::EventKind;

constexpr float view_height = 104;

/// Where the parts stand.
struct Boxes {
    Rect count, waiters;
    Boxes(const PanelInput& input, float top)
        : count{inspector_margin, top + 24, 80, 40},
          waiters{count.right() + 44, count.y, input.size.w - inspector_margin - count.right() - 44, count.h} {}
};

/// The chips of those that wait, the next to be served first; what does not fit is counted.
void draw_waiters(Scene& scene, const PanelInput& input, const Rect& box, const std::vector<std::uint32_t>& waiters) {
    draw_box(scene, box, Ink::window, waiters.empty() ? Ink::border : Ink::strong_border);
    if (waiters.empty()) {
        scene.text(box.x + box.w / 2, box.y + 24.5F, "nobody waits", {.ink = Ink::text3, .align = Align::center});
    }
    float x = box.x + 8;
    for (std::size_t i = 0; i < waiters.size(); ++i) {
        const float width = chip_width(chip_of(input, waiters[i]), input.measure);
        const bool last = i + 1 == waiters.size();
        if (x + width + (last ? 8 : 40) > box.right()) {
            scene.text(x, box.y + 24, fmt::format("+{}", waiters.size() - i),
                       {.font = Font::caption, .ink = Ink::text2});
            break;
        }
        x += draw_chip_of(scene, {x, box.y + 12}, input, waiters[i]) + 8;
    }
}

void draw_number(Scene& scene, const Rect& box, std::int64_t number) {
    scene.text(box.x + box.w / 2, box.y + 24.5F, std::to_string(number),
               {.font = Font::code_bold, .ink = Ink::number, .align = Align::center});
}

void draw_frame(Scene& scene, const Boxes& at, bool lights, const std::string& count, const std::string& waiters) {
    draw_box(scene, at.count, Ink::row, Ink::strong_border);
    if (lights) scene.stroke(at.count, Ink::now, {.width = 2, .radius = 4});
    draw_caption(scene, at.count, count);
    draw_flow_arrow(scene, at.count.right() + 4, at.waiters.x - 4, at.count.y + 20);
    draw_caption(scene, at.waiters, waiters);
}

/// The step that is shown did this to that object.
bool is_done_now(const PanelInput& input, std::uint32_t object, std::initializer_list<EventKind> kinds) {
    if (input.state.step == 0) return false;
    const trace::Event& event = input.model.event(input.state.step);
    return event.object == object && std::ranges::find(kinds, event.kind) != kinds.end();
}

/// A mutex shows its owner; the others what they count.
void draw_inside(Scene& scene, const PanelInput& input, const GateState& gate, const Rect& box) {
    if (gate.kind == GateKind::semaphore) return draw_number(scene, box, gate.free);
    if (gate.kind == GateKind::barrier) return draw_number(scene, box, gate.missing());
    if (gate.owner == trace::nobody) {
        scene.text(box.x + box.w / 2, box.y + 24.5F, "free", {.ink = Ink::text3, .align = Align::center});
        return;
    }
    const float width = chip_width(chip_of(input, gate.owner), input.measure);
    draw_chip_of(scene, {box.x + std::max(4.0F, (box.w - width) / 2), box.y + 12}, input, gate.owner);
}

struct Captions {
    const char* count;
    const char* waiters;
};

Captions captions_of(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return {"holder", "wait to hold it, in this order"};
        case GateKind::semaphore:
            return {"places free", "wait for a place, in this order"};
        case GateKind::barrier:
            break;
    }
    return {"to arrive", "wake when all have arrived"};
}

}  // namespace

float draw_group(Scene& scene, const PanelInput& input, const GroupState& group, float top) {
    const Boxes at(input, top);
    draw_heading(scene, input, {inspector_margin, top + 12}, group_name(input.model.trace(), input.state, group.id),
                 group.count == 0 ? "wait group, all done" : "wait group, waits for the count to reach 0",
                 at.waiters.right(), Font::code_bold);
    const bool counts = is_done_now(input, group.id, {EventKind::group_add, EventKind::group_done});
    draw_frame(scene, at, counts, "count", "wake when the count is 0");
    draw_number(scene, at.count, group.count);
    draw_waiters(scene, input, at.waiters, group.waiters);
    scene.hit({0, top, input.size.w, view_height - 4}, Target::group, group.id);
    return view_height;
}

float draw_gate(Scene& scene, const PanelInput& input, const GateState& gate, float top) {
    const Boxes at(input, top);
    draw_heading(scene, input, {inspector_margin, top + 12}, gate_name(input.model.trace(), input.state, gate.id),
                 gate_remark(gate), at.waiters.right(), Font::code_bold);
    const bool moves = is_done_now(input, gate.id, {EventKind::gate_pass, EventKind::gate_open});
    const Captions captions = captions_of(gate.kind);
    draw_frame(scene, at, moves, captions.count, captions.waiters);
    draw_inside(scene, input, gate, at.count);
    draw_waiters(scene, input, at.waiters, {gate.waiters.begin(), gate.waiters.end()});
    return view_height;
}

}  // namespace co::studio
