// The Processes view: the parts of a server as places, what travels between them, and the way of one request.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/process_pipes.h"
#include "visualizer/layout/process_places.h"

namespace co::studio {

namespace {

constexpr float chip_gap = 6;
constexpr float row_height = 18;

/// What a process is doing as a whole: what runs in it, else what its main coroutine does.
Activity activity_of(const PanelInput& input, std::uint32_t process) {
    const std::uint32_t running = input.state.running_in(process);
    const CoroutineState* shown = input.state.coroutine(running);
    if (!shown) shown = input.state.coroutine(joined_number(process, 0));
    return shown ? shown->activity : Activity::unborn;
}

/// The call that holds the thread of that process now.
const Held* held_in(const PanelInput& input, std::uint32_t process) {
    for (const Held& held : input.model.lateness().held) {
        const bool now = held.step <= input.state.step && input.state.time < held.to();
        if (now && held.process == process) return &held;
    }
    return nullptr;
}

/// The request for which a coroutine of that process is at work.
const Request* request_in(const PanelInput& input, std::uint32_t process) {
    const std::uint32_t now = input.state.step;
    const Request* found = nullptr;
    for (const Request& request : input.model.traffic().requests()) {
        const bool here = std::ranges::any_of(request.spans, [&](const WorkSpan& span) {
            return process_of(span.coroutine) == process && span.from <= now && now < span.to;
        });
        if (here && (!found || request.number == input.view.request)) found = &request;
    }
    return found;
}

std::string doing(const PanelInput& input, std::uint32_t process) {
    const Process& one = input.model.processes()[process];
    if (one.to <= input.state.step) return one.was_killed() ? "killed" : "ended";
    if (const Held* held = held_in(input, process))
        return fmt::format("blocked, {} left", duration_text(held->to() - input.state.time));
    const Request* request = request_in(input, process);
    const std::uint32_t running = input.state.running_in(process);
    const std::string of = request ? fmt::format(", req {}", request->number) : "";
    if (running != trace::nobody) return Model::chip(running) + " runs" + of;
    if (request) return fmt::format("at work{}", of);
    const CoroutineState* main = input.state.coroutine(joined_number(process, 0));
    return main ? words_of(main->activity) : "starts";
}

void draw_glyph(Scene& scene, Point at, Activity activity, bool blocked) {
    const Ink ink = blocked ? Ink::failed : ink_of(activity);
    scene.fill({at.x, at.y, 14, 14}, ink, {.radius = 3});
    if (!blocked) return scene.icon(at.x + 1, at.y + 1, 12, glyph_of(activity), ink_on(activity));
    scene.circle({at.x + 7, at.y + 7}, 5, Ink::on_failed, 1.5F);
    scene.line({at.x + 4, at.y + 7}, {at.x + 10, at.y + 7}, Ink::on_failed, {.width = 1.5F});
}

/// Who was here before: dashed and crossed out when it was killed.
void draw_before(Scene& scene, const PanelInput& input, const ProcessPlace& place) {
    if (place.before.empty()) return;
    const Process& last = input.model.processes()[place.before.back()];
    const Rect plate{place.box.x + 4, place.box.bottom() - 1, place.box.w - 4, 17};
    const Ink ink = last.was_killed() ? Ink::failed : Ink::done;
    scene.stroke({plate.x + 0.5F, plate.y + 0.5F, plate.w - 1, plate.h - 1}, ink, {.radius = 3, .dash = 3, .gap = 3});
    scene.icon(plate.x + 4, plate.y + 4, 10, last.was_killed() ? Icon::glyph_failed : Icon::glyph_done, ink);
    std::string text = fmt::format("{} {}", last.pid_text(), last.was_killed() ? "killed" : "ended");
    if (place.before.size() > 1) text += fmt::format(", {} before", place.before.size() - 1);
    scene.text(plate.x + 18, plate.y + 12.5F, cut_to_fit(text, Font::caption, plate.w - 22, input.measure),
               {.font = Font::caption, .ink = Ink::text2});
}

void draw_words(Scene& scene, const PanelInput& input, const Rect& box, std::uint32_t process) {
    const Process& one = input.model.processes()[process];
    const float right = box.right() - 8;
    const float pid = input.measure(one.pid_text(), Font::caption);
    const float room = right - box.x - 27;
    std::string title = one.title;
    if (one.part == Part::task_worker && input.measure(title, Font::panel_bold) > room)
        title = fmt::format("task {}", one.index + 1);
    const bool both = input.measure(title, Font::panel_bold) + 8 + pid <= room;
    scene.text(box.x + 27, box.y + 18, cut_to_fit(title, Font::panel_bold, room, input.measure),
               {.font = Font::panel_bold});
    if (both)
        scene.text(right, box.y + 18, one.pid_text(),
                   {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
    std::string words = doing(input, process);
    if (!both) words = fmt::format("{}, {}", one.pid_text(), words);
    scene.text(box.x + 8, box.y + 36, cut_to_fit(words, Font::caption, box.w - 16, input.measure),
               {.font = Font::caption, .ink = Ink::text2});
}

void draw_place(Scene& scene, const PanelInput& input, const ProcessPlace& place) {
    const Rect& box = place.box;
    const Rect edge{box.x + 0.5F, box.y + 0.5F, box.w - 1, box.h - 1};
    if (!place.process) {
        scene.stroke(edge, Ink::strong_border, {.radius = 4, .dash = 4, .gap = 4});
        scene.text(box.x + 8, box.y + 27, cut_to_fit("not started", Font::caption, box.w - 16, input.measure),
                   {.font = Font::caption, .ink = Ink::text3});
        return;
    }
    const std::uint32_t process = *place.process;
    const Process& one = input.model.processes()[process];
    const bool is_over = one.to <= input.state.step;
    const bool blocked = !is_over && held_in(input, process);
    scene.fill(box, is_over ? Ink::window : Ink::panel, {.radius = 4});
    if (blocked) {
        scene.fill(box, Ink::failed, {.radius = 4, .pattern = Pattern::blocked_hatch});
        scene.fill({box.x + 4, box.y + 4, box.w - 8, box.h - 8}, Ink::panel, {.radius = 2});
    }
    const Ink ink = is_over && one.was_killed() ? Ink::failed : Ink::strong_border;
    scene.stroke(edge, ink, {.radius = 4, .dash = is_over ? 4.0F : 0.0F, .gap = is_over ? 4.0F : 0.0F});
    if (process == input.process()) scene.stroke(box, Ink::now, {.width = 2, .radius = 4});
    draw_glyph(scene, {box.x + 8, box.y + 7}, activity_of(input, process), blocked);
    draw_words(scene, input, box, process);
    draw_before(scene, input, place);
    scene.hit(box, Target::coroutine, joined_number(process, 0));
}

void draw_master(Scene& scene, const PanelInput& input, const ProcessPlaces& places, float caption) {
    const Rect& frame = places.master();
    if (frame.w == 0) return;
    scene.fill(frame, Ink::raised, {.radius = 6});
    scene.stroke({frame.x + 0.5F, frame.y + 0.5F, frame.w - 1, frame.h - 1}, Ink::border, {.radius = 6});
    const Process& master = input.model.processes()[0];
    const std::string text = fmt::format("{}, {}", master.title, master.pid_text());
    scene.text(frame.x + frame.w / 2, caption, cut_to_fit(text, Font::caption_medium, frame.w - 8, input.measure),
               {.font = Font::caption_medium, .ink = Ink::text2, .align = Align::center});
}

/// What the manager did last, told by itself.
std::string last_deed(const PanelInput& input, std::uint32_t manager) {
    for (std::uint32_t step = input.state.step; step > 0; --step) {
        const trace::Event& event = input.model.event(step);
        if (event.process != input.model.processes()[manager].number) continue;
        if (event.kind == trace::EventKind::worker_start)
            return fmt::format("started pid {} at step {}", event.value, step);
        if (event.kind == trace::EventKind::process_reaped)
            return fmt::format("reaped pid {} at step {}", event.object, step);
    }
    return "looks after the processes; no request passes through it";
}

void draw_manager(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    const Rect& bar = places.manager();
    const auto process = places.manager_process();
    if (bar.w == 0 || !process) return;
    const Process& one = input.model.processes()[*process];
    scene.fill(bar, Ink::raised, {.radius = 4});
    scene.stroke({bar.x + 0.5F, bar.y + 0.5F, bar.w - 1, bar.h - 1}, Ink::border, {.radius = 4});
    if (*process == input.process()) scene.stroke(bar, Ink::now, {.width = 2, .radius = 4});
    scene.hit(bar, Target::coroutine, joined_number(*process, 0));
    if (one.from > input.state.step) {
        scene.text(bar.x + 8, bar.y + 17, "the manager is not started", {.font = Font::caption, .ink = Ink::text3});
        return;
    }
    draw_glyph(scene, {bar.x + 8, bar.y + 6}, activity_of(input, *process), false);
    scene.text(bar.x + 28, bar.y + 17, one.title, {.font = Font::panel_bold});
    const float left = bar.x + 36 + input.measure(one.title, Font::panel_bold);
    const std::string words = fmt::format("{}: {}", one.pid_text(), last_deed(input, *process));
    scene.text(left, bar.y + 17, cut_to_fit(words, Font::caption, bar.right() - 8 - left, input.measure),
               {.font = Font::caption, .ink = Ink::text2});
}

void draw_captions(Scene& scene, const PanelInput& input, const ProcessPlaces& places, float y) {
    const auto caption = [&](Column column, const char* text) {
        if (!places.has(column)) return;
        scene.text(places.left_of(column), y, cut_to_fit(text, Font::caption_medium, places.box_width(), input.measure),
                   {.font = Font::caption_medium, .ink = Ink::text2});
    };
    caption(Column::outside, "outside");
    if (places.master().w == 0) caption(Column::reactors, "the program");
    const bool serves = std::ranges::any_of(places.all(), [](const ProcessPlace& one) {
        return one.column == Column::workers && one.role != trace::nobody;
    });
    caption(Column::workers, serves ? "workers" : "its processes");
    caption(Column::task_workers, "task workers");
}

// -- requests ---------------------------------------------------------------------------------------------------------

/// One plate for each request that was asked so far; a click follows it.
float draw_requests(Scene& scene, const PanelInput& input, float top) {
    const auto& requests = input.model.traffic().requests();
    if (requests.empty()) return 0;
    draw_heading(scene, input, {inspector_margin, top + 12}, "Requests", "a click, or R, follows one over all lanes",
                 input.size.w - inspector_margin);
    float x = inspector_margin, y = top + 22;
    for (const Request& request : requests) {
        if (request.from > input.state.step && request.number != input.view.request) continue;
        const std::string text = cut_to_fit(fmt::format("req {} {}", request.number, input.model.text(request.text)),
                                            Font::chip, 120, input.measure);
        const float width = input.measure(text, Font::chip) + 14;
        if (x + width > input.size.w - inspector_margin) x = inspector_margin, y += 24;
        const bool followed = request.number == input.view.request;
        const bool is_over = request.to <= input.state.step;
        scene.fill({x, y, width, 18}, followed ? Ink::now : Ink::row, {.radius = 3});
        scene.text(x + 7, y + 13, text,
                   {.font = Font::chip,
                    .ink = followed  ? Ink::on_now
                           : is_over ? Ink::text3
                                     : Ink::text1});
        scene.hit({x, y - 3, width, 24}, Target::request, request.number);
        x += width + chip_gap;
    }
    return y + 30 - top;
}

/// A line for each hop of the followed request.
float draw_way(Scene& scene, const PanelInput& input, float top) {
    const Request* request = input.model.traffic().request(input.view.request);
    if (!request) return 0;
    float y = top;
    for (const Arrow& hop : request->hops) {
        if (process_of(hop.from) == process_of(hop.to)) continue;
        const bool now = hop.from_step <= input.state.step && input.state.step <= hop.to_step;
        const bool future = hop.from_step > input.state.step;
        if (now) scene.fill({0, y, input.size.w, row_height}, Ink::row);
        if (now) scene.fill({0, y, 4, row_height}, Ink::now);
        const Ink ink = now ? Ink::text1 : future ? Ink::text3 : Ink::text2;
        const Font font = now ? Font::panel_bold : Font::panel;
        const auto title = [&](std::uint32_t coroutine) {
            return input.model.processes()[process_of(coroutine)].title + " " + Model::chip(coroutine);
        };
        scene.text(inspector_margin + 4, y + 13, fmt::format("{}–{}", hop.from_step, hop.to_step),
                   {.font = Font::caption, .ink = Ink::text3, .max_width = 60});
        std::string text = fmt::format("{} to {}", title(hop.from), title(hop.to));
        if (const Message* message = input.model.traffic().message_at(hop.from_step))
            text += fmt::format(": {}", input.model.text(message->text));
        scene.text(inspector_margin + 70, y + 13,
                   cut_to_fit(text, font, input.size.w - 2 * inspector_margin - 74, input.measure),
                   {.font = font, .ink = ink});
        scene.hit({0, y, input.size.w, row_height}, Target::step, future ? hop.from_step : hop.to_step);
        y += row_height;
    }
    return y - top + 8;
}

}  // namespace

float draw_processes(Scene& scene, const PanelInput& input, float top) {
    if (!input.model.processes().several()) {
        scene.text(inspector_margin, top + 12, "One process is all there is in this run.", {.ink = Ink::text3});
        return 24;
    }
    float y = top - 8;
    y += draw_requests(scene, input, y);
    const ProcessPlaces places(input.model.processes(), input.state.step, input.size.w, y);
    draw_captions(scene, input, places, y + 15);
    draw_master(scene, input, places, y + 18);
    draw_pipes(scene, input, places);
    for (const ProcessPlace& place : places.all()) draw_place(scene, input, place);
    draw_manager(scene, input, places);
    draw_queues(scene, input, places);
    draw_travelling(scene, input, places);
    y = places.bottom() + 6;
    y += draw_way(scene, input, y);
    return y - top;
}

}  // namespace co::studio
