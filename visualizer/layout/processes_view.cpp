// The Processes view: the parts of a server as places, what travels between them, and the way of one request.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/fit.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/process_pipes.h"
#include "visualizer/layout/process_places.h"

namespace co::studio {

namespace {

constexpr float chip_gap = 6;
constexpr float process_row = 18;

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

/// What a process is doing, the longest way to say it first; the last one is a single word.
std::vector<std::string> doing(const PanelInput& input, std::uint32_t process) {
    const Process& one = input.model.processes()[process];
    if (one.to <= input.state.step) return {one.was_killed() ? "killed" : "ended"};
    if (const Held* held = held_in(input, process))
        return {fmt::format("blocked, {} left", duration_text(held->to() - input.state.time)), "blocked"};
    const Request* request = request_in(input, process);
    const std::uint32_t running = input.state.running_in(process);
    const std::string of = request ? fmt::format("req {}", request->number) : "";
    if (running != trace::nobody && request)
        return {fmt::format("{} runs, {}", Model::chip(running), of), "runs, " + of, of, "runs"};
    if (running != trace::nobody) return {Model::chip(running) + " runs", "runs"};
    if (request) return {"at work, " + of, of};
    const CoroutineState* main = input.state.coroutine(joined_number(process, 0));
    if (main && main->activity == Activity::waiting_io) return {words_of(main->activity), "waiting"};
    return {main ? words_of(main->activity) : "starts"};
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
    const std::string text = fmt::format("{} {}", last.pid_text(), last.was_killed() ? "killed" : "ended");
    std::vector<std::string> ways{text};
    if (place.before.size() > 1) ways.insert(ways.begin(), fmt::format("{}, {} before", text, place.before.size() - 1));
    scene.text(plate.x + 18, plate.y + 12.5F, first_that_fits(ways, Font::caption, plate.w - 22, input.measure),
               {.font = Font::caption, .ink = Ink::text2});
}

/// Title, number and state of a process, in as many lines as its box has.
class PlaceWords {
  public:
    PlaceWords(Scene& scene, const PanelInput& input, const ProcessPlaces& places, const Rect& box)
        : scene_(scene),
          input_(input),
          places_(places),
          box_(box),
          left_(box.x + (places.is_stacked() ? stacked_words_left : place_words_left)),
          right_(box.right() - (places.is_stacked() ? stacked_words_right : place_words_right)),
          first_(box.y + (places.lines() == 3 ? 17.0F : 18.0F)) {}

    void draw(const Process& process, const std::vector<std::string>& state, Ink ink) {
        const std::string number = process.pid_text();
        const float edge = places_.lines() == 2 ? place_words_right : 0;
        const float beside = places_.lines() == 3 ? 0 : 8 + edge + width(number, Font::caption);
        const std::vector<std::string> titles{process.title, short_title(process)};
        const std::string title = fit(titles, Font::panel_bold, right_ - left_ - beside);
        scene_.text(left_, first_, title, {.font = Font::panel_bold, .ink = ink});
        const float behind = left_ + width(title, Font::panel_bold) + 8;
        if (places_.lines() == 1) {
            put_right(fit(state, Font::caption, right_ - behind - beside), Ink::text2);
            scene_.text(behind, first_, number, {.font = Font::caption, .ink = Ink::text3});
            return;
        }
        const float below = places_.is_stacked() ? left_ : box_.x + place_words_below;
        float y = first_ + (places_.lines() == 3 ? 15.0F : 18.0F);
        if (places_.lines() == 2) put_right(number, Ink::text3, place_words_right);  // beside what waits at the edge
        if (places_.lines() == 3) {
            scene_.text(below, y, number, {.font = Font::caption, .ink = Ink::text3});
            y += 14;
        }
        scene_.text(below, y, fit(state, Font::caption, right_ - below), {.font = Font::caption, .ink = Ink::text2});
    }

  private:
    float width(const std::string& text, Font font) const { return input_.measure(text, font); }
    std::string fit(const std::vector<std::string>& ways, Font font, float room) const {
        return first_that_fits(ways, font, room, input_.measure);
    }
    void put_right(std::string text, Ink ink, float away = 0) {
        scene_.text(right_ - away, first_, std::move(text), {.font = Font::caption, .ink = ink, .align = Align::right});
    }

    Scene& scene_;
    const PanelInput& input_;
    const ProcessPlaces& places_;
    const Rect& box_;
    float left_, right_, first_;
};

Point glyph_at(const ProcessPlaces& places, const Rect& box) {
    return places.is_stacked() ? Point{box.x + 11, box.y + 6} : Point{box.x + 6, box.y + 7};
}

void draw_not_started(Scene& scene, const PanelInput& input, const ProcessPlaces& places, const ProcessPlace& place) {
    const Rect& box = place.box;
    scene.stroke({box.x + 0.5F, box.y + 0.5F, box.w - 1, box.h - 1}, Ink::strong_border,
                 {.radius = 4, .dash = 4, .gap = 4});
    Process process = input.model.processes()[place.first];
    PlaceWords(scene, input, places, box).draw(process, {"not started"}, Ink::text3);
}

void draw_place(Scene& scene, const PanelInput& input, const ProcessPlaces& places, const ProcessPlace& place) {
    if (!place.process) return draw_not_started(scene, input, places, place);
    const Rect& box = place.box;
    const Rect edge{box.x + 0.5F, box.y + 0.5F, box.w - 1, box.h - 1};
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
    draw_glyph(scene, glyph_at(places, box), activity_of(input, process), blocked);
    PlaceWords(scene, input, places, box).draw(one, doing(input, process), Ink::text1);
    draw_before(scene, input, place);
    scene.hit(box, Target::coroutine, joined_number(process, 0));
}

void draw_master(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    const Rect& frame = places.master();
    if (frame.w == 0) return;
    scene.fill(frame, Ink::raised, {.radius = 6});
    scene.stroke({frame.x + 0.5F, frame.y + 0.5F, frame.w - 1, frame.h - 1}, Ink::border, {.radius = 6});
    const Process& master = input.model.processes()[0];
    const std::vector<std::string> ways{fmt::format("{}, {}", master.title, master.pid_text()), master.pid_text()};
    const float caption = places.caption(Column::reactors).y;
    scene.text(frame.x + frame.w / 2, caption, first_that_fits(ways, Font::caption_medium, frame.w - 8, input.measure),
               {.font = Font::caption_medium, .ink = Ink::text2, .align = Align::center});
}

/// What the manager did last, told by itself; the longest way to say it first.
std::vector<std::string> last_deed(const PanelInput& input, const Process& manager) {
    const auto ways = [&](const char* did, std::uint32_t whom, std::uint32_t step) -> std::vector<std::string> {
        const std::string deed = fmt::format("{}: {} pid {}", manager.pid_text(), did, whom);
        return {fmt::format("{} at step {}", deed, step), deed, manager.pid_text()};
    };
    for (std::uint32_t step = input.state.step; step > 0; --step) {
        const trace::Event& event = input.model.event(step);
        if (event.process != manager.number) continue;
        if (event.kind == trace::EventKind::worker_start)
            return ways("started", static_cast<std::uint32_t>(event.value), step);
        if (event.kind == trace::EventKind::process_reaped) return ways("reaped", event.object, step);
    }
    return {manager.pid_text() + ": no request passes through it", manager.pid_text()};
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
    const float inset = places.is_stacked() ? 17 : 8;
    draw_glyph(scene, {bar.x + inset, bar.y + 6}, activity_of(input, *process), false);
    scene.text(bar.x + inset + 20, bar.y + 17, one.title, {.font = Font::panel_bold});
    const float left = bar.x + inset + 28 + input.measure(one.title, Font::panel_bold);
    scene.text(left, bar.y + 17,
               first_that_fits(last_deed(input, one), Font::caption, bar.right() - 8 - left, input.measure),
               {.font = Font::caption, .ink = Ink::text2});
}

void draw_captions(Scene& scene, const PanelInput& input, const ProcessPlaces& places) {
    const auto caption = [&](Column column, const char* text) {
        if (!places.has(column)) return;
        const Point at = places.caption(column);
        scene.text(at.x, at.y, cut_to_fit(text, Font::caption_medium, places.box_width(), input.measure),
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
    const float right = input.size.w - inspector_margin;
    scene.text(inspector_margin, top + 14, "Requests", {.font = Font::panel_bold});
    const float first = inspector_margin + input.measure("Requests", Font::panel_bold) + 10;
    float x = first, y = top + 1;
    for (const Request& request : requests) {
        if (request.from > input.state.step && request.number != input.view.request) continue;
        const std::string text = cut_to_fit(fmt::format("req {} {}", request.number, input.model.text(request.text)),
                                            Font::chip, std::min(180.0F, right - first - 14), input.measure);
        const float width = input.measure(text, Font::chip) + 14;
        if (x + width > right) x = first, y += 24;
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
    const char* hint = x == first ? "none yet" : "R or a click follows one";
    if (x + 6 + input.measure(hint, Font::panel) <= right) scene.text(x + 2, y + 13, hint, {.ink = Ink::text3});
    return y + 26 - top;
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
        if (now) scene.fill({0, y, input.size.w, process_row}, Ink::row);
        if (now) scene.fill({0, y, 4, process_row}, Ink::now);
        const Ink ink = now ? Ink::text1 : future ? Ink::text3 : Ink::text2;
        const Font font = now ? Font::panel_bold : Font::panel;
        const auto title = [&](std::uint32_t coroutine) {
            return input.model.processes()[process_of(coroutine)].title + " " + Model::chip(coroutine);
        };
        scene.text(inspector_margin + 4, y + 13, fmt::format("{}–{}", hop.from_step, hop.to_step),
                   {.font = Font::caption, .ink = Ink::text3, .max_width = 60});
        std::vector<std::string> ways{fmt::format("{} to {}", title(hop.from), title(hop.to))};
        if (const Message* message = input.model.traffic().message_at(hop.from_step))
            ways.insert(ways.begin(), fmt::format("{}: {}", ways[0], input.model.text(message->text)));
        const auto part = [&](std::uint32_t coroutine) { return input.model.processes()[process_of(coroutine)].title; };
        ways.push_back(fmt::format("{} to {}", part(hop.from), part(hop.to)));
        scene.text(inspector_margin + 70, y + 13,
                   first_that_fits(ways, font, input.size.w - 2 * inspector_margin - 74, input.measure),
                   {.font = font, .ink = ink});
        scene.hit({0, y, input.size.w, process_row}, Target::step, future ? hop.from_step : hop.to_step);
        y += process_row;
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
    const ProcessPlaces places(input.model.processes(), input.state.step, {input.size.w, y}, input.measure);
    draw_captions(scene, input, places);
    draw_master(scene, input, places);
    draw_pipes(scene, input, places);
    for (const ProcessPlace& place : places.all()) draw_place(scene, input, places, place);
    draw_manager(scene, input, places);
    draw_queues(scene, input, places);
    draw_travelling(scene, input, places);
    y = places.bottom() + 6;
    y += draw_way(scene, input, y);
    return y - top;
}

}  // namespace co::studio
