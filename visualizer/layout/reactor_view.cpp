// The reactor: a loop's descriptors, what each is watched for and why it woke, and how long the loop may wait.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "visualizer/layout/boxes.h"
#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/model/loop_words.h"

namespace co::studio {

namespace {

constexpr float reactor_row = 18;
constexpr std::array<const char*, loop_places> place_names{"run",         "signals", "deferred", "timers",
                                                           "descriptors", "hook",    "wait"};

/// What the parts below look at.
struct Reactor {
    Scene& scene;
    const PanelInput& input;
    const Loop& loop;
    float left() const { return inspector_margin; }
    float right() const { return input.size.w - inspector_margin; }
    float width() const { return right() - left(); }
    bool is_narrow() const { return input.size.w < narrow_inspector; }
};

bool has_something(const Loop& loop) { return !loop.descriptors.empty() && !loop.has_ended; }

/// The one that was chosen, else the one where something happened last.
const Loop* shown_loop(const PanelInput& input) {
    const Loop* chosen = input.view.loop == trace::nobody ? nullptr : input.state.loops.find(input.view.loop);
    if (chosen && has_something(*chosen)) return chosen;
    const Loop* latest = input.state.loops.latest();
    if (latest && has_something(*latest)) return latest;
    const auto& all = input.state.loops.all();
    const auto any = std::ranges::find_if(all, has_something);
    return any == all.end() ? nullptr : &*any;
}

/// A plate for each loop that watches something; a click keeps it in sight, another one follows the run again.
float draw_loops(const Reactor& at, float top) {
    float x = at.left(), y = top;
    for (const Loop& loop : at.input.state.loops.all()) {
        if (!has_something(loop)) continue;
        const bool shown = &loop == &at.loop;
        const bool kept = at.input.view.loop == loop.process;
        const std::string name = loop_name(at.input.model, loop);
        const Font font = shown ? Font::caption_bold : Font::caption;
        const float width = std::min(at.width(), at.input.measure(name, font) + 14);
        if (x > at.left() && x + width > at.right()) x = at.left(), y += 24;
        const Rect plate{x, y, width, 20};
        at.scene.fill(plate, shown ? Ink::row : Ink::panel, {.radius = 3});
        at.scene.stroke({x + 0.5F, y + 0.5F, width - 1, 19}, kept ? Ink::now : Ink::strong_border,
                        {.width = kept ? 1.5F : 1.0F, .radius = 3});
        at.scene.text(x + 7, y + 14, name,
                      {.font = font, .ink = shown ? Ink::text1 : Ink::text2, .max_width = width - 12});
        at.scene.hit(plate, Target::loop, loop.process);
        x += width + 6;
    }
    return y + 20 + 12 - top;
}

/// The parts of a turn in their order; the one in which the loop is now is filled.
float draw_places(const Reactor& at, float top) {
    float words = 0;
    for (const char* name : place_names) words += at.input.measure(name, Font::caption_bold);
    const float pad = std::min(8.0F, (at.width() - words - 3 * (loop_places - 1)) / (2 * loop_places));
    float x = at.left();
    for (int i = 0; i < loop_places; ++i) {
        const bool now = static_cast<int>(at.loop.place) == i;
        const float width = at.input.measure(place_names[static_cast<std::size_t>(i)], Font::caption_bold) + 2 * pad;
        if (now) at.scene.fill({x, top, width, 20}, Ink::now, {.radius = 3});
        if (!now) at.scene.stroke({x + 0.5F, top + 0.5F, width - 1, 19}, Ink::border, {.radius = 3});
        at.scene.text(x + width / 2, top + 14, place_names[static_cast<std::size_t>(i)],
                      {.font = now ? Font::caption_bold : Font::caption,
                       .ink = now ? Ink::on_now : Ink::text3,
                       .align = Align::center});
        x += width + 3;
    }
    return 20;
}

/// A pie of what is left of the wait, and what the loop waits for at the most.
float draw_timeout(const Reactor& at, float top) {
    const HeapEntry* heap = heap_top(at.input.state, at.loop);
    const Point center{at.left() + 12, top + 13};
    at.scene.circle(center, 12, heap ? Ink::waiting_timer : Ink::strong_border, 1.5F);
    if (heap) {
        const auto whole = static_cast<float>(std::max<std::int64_t>(1, heap->deadline - heap->set_time));
        const auto left = static_cast<float>(std::max<std::int64_t>(0, heap->deadline - at.input.state.time));
        at.scene.pie(center, 9, std::min(1.0F, left / whole), Ink::waiting_timer);
    }
    const std::string what =
        fmt::format("{} {}", loop_name(at.input.model, at.loop), timeout_text(at.input.model, at.input.state, at.loop));
    const float height = draw_paragraph(at.scene, {at.left() + 34, top, at.width() - 34, 17, 3},
                                        {{as_sentence(what), Font::panel}}, at.input.measure);
    return std::max(28.0F, height);
}

// -- the descriptors
// ---------------------------------------------------------------------------------------------------

/// Where the columns begin; a narrow panel has the last one in a line of its own.
struct WatchColumns {
    float fd, what, watched, ready, why;
};

WatchColumns columns_of(const Reactor& at) {
    if (at.is_narrow()) return {12, 40, at.right() - 112, at.right() - 44, 40};
    constexpr float watched = 68, ready = 44;
    const float what = (at.width() - 34 - watched - ready) * 0.43F;
    return {12, 46, 46 + what, 46 + what + watched, 46 + what + watched + ready};
}

void draw_head(const Reactor& at, const WatchColumns& columns, float y) {
    const auto head = [&](float x, const char* text) {
        at.scene.text(x, y, text, {.font = Font::caption, .ink = Ink::text3});
    };
    head(columns.fd, "fd");
    head(columns.what, "is");
    head(columns.watched, "watched for");
    if (at.is_narrow()) return;
    head(columns.ready, "ready");
    head(columns.why, "why it last woke");
}

/// This step is about it.
bool is_now(const Reactor& at, const Descriptor& one) {
    const std::uint32_t step = at.input.state.step;
    if (step == 0) return false;
    const trace::Event& event = at.input.model.event(step);
    if (event.process != at.loop.process) return false;
    if (one.woken_step == step || one.outcome_step == step) return true;
    const bool on_descriptor = event.kind == trace::EventKind::fd_wait || event.kind == trace::EventKind::write ||
                               event.kind == trace::EventKind::read || event.kind == trace::EventKind::connect ||
                               event.kind == trace::EventKind::accept || event.kind == trace::EventKind::listen;
    return on_descriptor && event.object == one.fd;
}

float draw_descriptor(const Reactor& at, const WatchColumns& columns, const Descriptor& one, float y) {
    const bool now = is_now(at, one);
    const float height = at.is_narrow() ? 2 * reactor_row : reactor_row;
    if (now) {
        at.scene.fill({0, y, at.input.size.w, height}, Ink::row);
        at.scene.fill({0, y, 4, height}, Ink::now);
    }
    const Font font = now ? Font::panel_bold : Font::panel;
    const auto cell = [&](float x, float end, float line, const std::string& text, Ink ink) {
        const bool fits = at.input.measure(text, font) <= end - x - 6;
        const Font used = fits ? font : now ? Font::caption_bold : Font::caption;
        at.scene.text(x, line + baseline(font, reactor_row), text,
                      {.font = used, .ink = ink, .max_width = end - x - 6});
    };
    const PanelInput& input = at.input;
    cell(columns.fd, columns.what, y, std::to_string(one.fd), Ink::text1);
    cell(columns.what, columns.watched, y, what_it_is(input.model, input.state, at.loop, one), Ink::text1);
    const float watched_end = at.is_narrow() ? at.right() + 6 : columns.ready;
    const std::string ready = one.ready == Watch::none   ? "–"
                              : one.ready == Watch::both ? "both"
                                                         : watch_text(one.ready);
    std::string watched = watch_text(one.watched);
    if (at.is_narrow() && one.ready != Watch::none) watched += ", is ready";
    cell(columns.watched, watched_end, y, watched, Ink::text2);
    if (!at.is_narrow()) cell(columns.ready, columns.why, y, ready, one.ready ? Ink::text1 : Ink::text3);
    const bool woke = one.woken_step != 0;
    cell(columns.why, at.right() + 6, at.is_narrow() ? y + reactor_row : y, why_it_woke(input.model, one),
         woke ? Ink::text2 : Ink::text3);
    if (woke)
        at.scene.hit({0, y, at.input.size.w, height}, Target::step,
                     one.outcome_step != 0 ? one.outcome_step : one.woken_step);
    return height;
}

float draw_descriptors(const Reactor& at, float top) {
    const std::size_t count = at.loop.descriptors.size();
    draw_heading(at.scene, at.input, {at.left(), top + 12}, "Descriptors",
                 fmt::format("{} watches {} of {}", loop_name(at.input.model, at.loop), at.loop.watched(), count),
                 at.right());
    const WatchColumns columns = columns_of(at);
    float y = top + 34;
    draw_head(at, columns, y);
    y += 6;
    for (const Descriptor& one : at.loop.descriptors) {
        const bool in_sight = y < at.input.size.h && y > -2 * reactor_row;  // of thousands only those are set
        y += in_sight ? draw_descriptor(at, columns, one, y) : at.is_narrow() ? 2 * reactor_row : reactor_row;
    }
    return y + 10 - top;
}

// -- whom this turn runs
// -----------------------------------------------------------------------------------------------

void draw_somebody(const Reactor& at, float& x, float y, const std::string& label, std::uint32_t coroutine,
                   const std::string& otherwise) {
    const bool now = label == "now";
    const float indent = at.input.measure(label, Font::caption_bold) + 8;
    if (x + indent + 60 > at.right()) return;
    at.scene.text(x, y + 12, label,
                  {.font = now ? Font::caption_bold : Font::caption, .ink = now ? Ink::text1 : Ink::text3});
    x += indent;
    if (coroutine == trace::nobody) {
        at.scene.text(x, y + 12, otherwise, {.ink = Ink::text3, .max_width = at.right() - x});
        x += at.input.measure(otherwise, Font::panel) + 12;
        return;
    }
    if (at.loop.process == 0) {
        x += draw_chip_of(at.scene, {x, y}, at.input, coroutine) + 12;
        return;
    }
    const Chip chip{.activity = now ? Activity::running : Activity::ready, .label = Model::chip(coroutine)};
    x += draw_chip(at.scene, {x, y}, chip, at.input.measure) + 12;
}

float draw_turn(const Reactor& at, float top) {
    const std::vector<std::uint32_t> ready = ready_of(at.input.state, at.loop);
    draw_heading(at.scene, at.input, {at.left(), top + 12}, "Ready list of this turn",
                 at.loop.turns == 0 ? "" : fmt::format("turn {}", at.loop.turns), at.right());
    float x = at.left();
    const float y = top + 24;
    draw_somebody(at, x, y, "now", running_in(at.input.state, at.loop),
                  at.loop.is_waiting ? "nobody: the kernel has the thread" : "the event loop");
    for (std::size_t i = 0; i < ready.size(); ++i) {
        if (x + 120 > at.right() && i + 1 < ready.size()) {
            at.scene.text(x, y + 12, fmt::format("+{}", ready.size() - i), {.font = Font::caption, .ink = Ink::text2});
            break;
        }
        draw_somebody(at, x, y, i == 0 ? "next" : "then", ready[i], "");
    }
    return 24 + chip_height + 12;
}

}  // namespace

float draw_reactor(Scene& scene, const PanelInput& input, float top) {
    const Loop* loop = shown_loop(input);
    if (!loop) {
        const char* none = input.state.step == 0 ? "No descriptor is watched before the first step."
                                                 : "No descriptor has been watched yet.";
        scene.text(inspector_margin, top + 12, none, {.ink = Ink::text3});
        return 24;
    }
    const Reactor at{scene, input, *loop};
    float y = top - 4;
    y += draw_loops(at, y);
    y += draw_places(at, y) + 10;
    y += draw_timeout(at, y) + 8;
    y += draw_descriptors(at, y);
    y += draw_turn(at, y) + 4;
    y += draw_connections(scene, input, *loop, y);
    return y - top;
}

}  // namespace co::studio
