#include "visualizer/layout/inspector_layout.h"

#include <algorithm>

#include "visualizer/layout/fold_view.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float strip_height = 144;
constexpr float least_strip = 96;  // heading and the heap's first row
constexpr float ready_width = 176;

InspectorTab open_tab(const PanelInput& input) {
    const std::vector<InspectorTab> tabs = inspector_tabs(input.model);
    const bool is_there = std::ranges::find(tabs, input.view.inspector_tab) != tabs.end();
    return is_there ? input.view.inspector_tab : InspectorTab::channels;
}

const char* title_of(InspectorTab tab) {
    switch (tab) {
        case InspectorTab::timers:
            return "Timers";
        case InspectorTab::reactor:
            return "Reactor";
        case InspectorTab::processes:
            return "Processes";
        case InspectorTab::stack:
            return "Stack";
        case InspectorTab::waits:
            return "Waits";
        case InspectorTab::channels:
            break;
    }
    return "Channels";
}

void draw_rule(Scene& scene, const PanelInput& input, float y) { scene.fill({0, y, input.size.w, 1}, Ink::border); }

/// Heap on the left, ready queue on the right; one above the other where that is too narrow. Returns the height.
float draw_heap_and_queue(Scene& scene, const PanelInput& input, float top, float height) {
    const float width = input.size.w - 2 * inspector_margin;
    if (input.size.w < narrow_inspector) {
        draw_timer_heap(scene, input, {inspector_margin, top, width, height});
        draw_rule(scene, input, top + height);
        draw_ready_queue(scene, input, {inspector_margin, top + height + 8, width, 64});
        return height + 72;
    }
    const float heap = width - ready_width + 4;
    draw_timer_heap(scene, input, {inspector_margin, top, heap, height});
    const float x = input.size.w - ready_width - 15.5F;
    scene.line({x, top + 4}, {x, top + height - 4}, Ink::border);
    draw_ready_queue(scene, input, {input.size.w - ready_width, top, ready_width - inspector_margin, height});
    return height;
}

float draw_no_channel(Scene& scene, float top) {
    scene.text(inspector_margin, top + 12, "No channel has been made yet.", {.ink = Ink::text3});
    return 24;
}

/// Each part is as high as at any other step, so that nothing jumps while a lesson plays.
float draw_channels_tab(Scene& scene, const PanelInput& input, float top, float window_height) {
    float y = top;
    const auto is_here = [process = input.process()](std::uint32_t id) { return process_of(id) == process; };
    for (const ChannelState& channel : input.state.channels) {
        if (is_here(channel.id)) y += draw_channel(scene, input, channel, y);
    }
    for (const GroupState& group : input.state.groups) {
        if (is_here(group.id)) y += draw_group(scene, input, group, y);
    }
    for (const GateState& gate : input.state.gates) {
        if (is_here(gate.id)) y += draw_gate(scene, input, gate, y);
    }
    for (const SharedState& one : input.state.shared) y += draw_shared(scene, input, one, y);
    if (y == top) y += draw_no_channel(scene, y);
    const float room = window_height - y;
    const bool scrolls = room < 0;
    const float needed = input.size.w < narrow_inspector ? least_strip + 80 : least_strip + 8;
    if (!scrolls && room < needed) return y;  // the Timers tab has it
    draw_rule(scene, input, y);
    const float most = scrolls ? strip_height : std::min(strip_height, room - 8);
    const float height = input.size.w < narrow_inspector && !scrolls ? std::min(strip_height, room - 80) : most;
    return y + 8 + draw_heap_and_queue(scene, input, y + 8, height);
}

float draw_timers_tab(Scene& scene, const PanelInput& input, float top, float window_height) {
    const bool low = input.size.h < low_inspector;
    const float queue = low ? 32 : 64;
    const float width = input.size.w - 2 * inspector_margin;
    const float first = top - 8;
    const float least = low ? 116 : 132;
    const float room = window_height - first;
    // Where both do not fit, the queue stands whole below the edge rather than cut by it.
    const float heap = room - queue - 12 >= least ? room - queue - 12 : std::max(least, room);
    draw_timer_heap(scene, input, {inspector_margin, first, width, heap});
    draw_rule(scene, input, first + heap + 2);
    draw_ready_queue(scene, input, {inspector_margin, first + heap + 6, width, queue});
    return first + heap + 6 + queue;
}

}  // namespace

void draw_heading(Scene& scene, const PanelInput& input, Point baseline, const std::string& title,
                  const std::string& remark, float right, Font font) {
    scene.text(baseline.x, baseline.y, title, {.font = font, .max_width = right - baseline.x});
    const float x = baseline.x + input.measure(title, font) + 8;
    if (right - x < 24) return;
    scene.text(x, baseline.y, remark, {.ink = Ink::text3, .max_width = right - x});
}

std::vector<InspectorTab> inspector_tabs(const Model& model) {
    std::vector<InspectorTab> tabs{InspectorTab::channels, InspectorTab::timers, InspectorTab::reactor};
    if (model.processes().several()) tabs.push_back(InspectorTab::processes);
    tabs.insert(tabs.end(), {InspectorTab::stack, InspectorTab::waits});
    return tabs;
}

Scene lay_out_inspector(const PanelInput& input) {
    const InspectorTab tab = open_tab(input);
    const bool low = input.size.h < low_inspector;
    const Rect window{0, header_height, input.size.w, input.size.h - header_height};
    // What is drawn first at its natural place tells how high it is; then it is drawn where it was scrolled to.
    const auto draw = [&](Scene& scene, float scroll) {
        float y = header_height + (low ? 8.0F : 12.0F) - scroll;
        y += draw_card(scene, input, y) + (low ? 12.0F : 20.0F);
        const float bottom = input.size.h - scroll;
        if (tab == InspectorTab::timers) return draw_timers_tab(scene, input, y, bottom) + scroll;
        const auto with_buttons = [&](float height) {
            return y + height + draw_interferences(scene, input, y + height) + scroll;
        };
        if (tab == InspectorTab::reactor) return with_buttons(draw_reactor(scene, input, y));
        if (tab == InspectorTab::stack) return y + draw_stacks(scene, input, y) + scroll;
        if (tab == InspectorTab::processes) return with_buttons(draw_processes(scene, input, y));
        if (tab == InspectorTab::waits) return y + draw_waits(scene, input, y) + scroll;
        return draw_channels_tab(scene, input, y, bottom) + scroll;
    };
    Scene measured;
    const float content = draw(measured, 0) - header_height;

    Scene scene;
    std::vector<TabItem> tabs;
    for (const InspectorTab one : inspector_tabs(input.model))
        tabs.push_back({.label = title_of(one), .number = static_cast<std::uint32_t>(one)});
    draw_tabs(scene, input.size.w, tabs, static_cast<std::uint32_t>(tab), "", input.measure, input.can_fold ? 24 : 0);
    draw_fold_mark(scene, input, {input.size.w, 6}, Icon::chevron_right, Command::fold_inspector);
    scene.content_height = content;
    scene.scroll = clamp_scroll(input.view.inspector_scroll, window.h, content);
    scene.clip({0, window.y, window.w, whole_lines(measured, header_height + scene.scroll, window.h)});
    draw(scene, scene.scroll);
    scene.unclip();
    scene.clip(window);
    draw_scroll_thumb(scene, window, scene.scroll, content);
    scene.unclip();
    return scene;
}

}  // namespace co::studio
