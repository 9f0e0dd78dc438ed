// The view module: shows a saved run on a canvas and tells the page what its DOM shows (docs/web.md). view.js calls
// these. An answer is JSON text, valid until the next call; {"error": …} when the call could not be answered.
#include <emscripten.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "visualizer/export/chrome_trace.h"
#include "visualizer/page_json.h"
#include "wasm/page.h"

namespace {

using namespace co::studio;

// All of this module's state.
struct Module {
    FontData fonts;
    std::unique_ptr<Page> page;
    std::string answer;
};
Module& module() {
    static Module one;
    return one;
}
Page& page() { return *module().page; }

template <typename Make>
const char* answer(Make make) {
    std::string& text = module().answer;
    try {
        text = make();
    } catch (const std::exception& error) {
        text = page_json::error(error.what());
    }
    return text.c_str();
}

template <typename Act>
const char* done(Act act) {
    return answer([&] {
        act();
        return std::string("null");
    });
}

Modifiers modifiers_of(int bits) { return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0}; }

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE std::size_t costudio_answer_bytes() { return module().answer.size(); }

EMSCRIPTEN_KEEPALIVE void costudio_font(int face, const char* bytes, std::size_t count) {
    module().fonts.bytes.at(static_cast<std::size_t>(face)).assign(bytes, count);
}
EMSCRIPTEN_KEEPALIVE const char* costudio_create(int dark) {
    return done([&] {
        module().page =
            std::make_unique<Page>(std::exchange(module().fonts, {}), dark != 0 ? Theme::dark : Theme::light);
    });
}
EMSCRIPTEN_KEEPALIVE void costudio_close() { module().page.reset(); }

// -- a run ------------------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE const char* costudio_bring(const char* saved, std::size_t bytes) {
    return done([&] { page().bring({saved, bytes}); });
}
EMSCRIPTEN_KEEPALIVE int costudio_read(std::uint32_t steps) { return page().read(steps) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE const char* costudio_open(const char* lesson) {
    return done([&] { page().open(lesson); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_facts() {
    return answer([] { return page_json::run(page().session()); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_state(double step) {
    return answer([&] {
        const auto at = step < 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(step));
        return page_json::state(page().session(), at);
    });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_output(std::uint32_t from, std::uint32_t count) {
    return answer([&] { return page_json::output(page().session(), from, count); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_events(std::uint32_t from, std::uint32_t count) {
    return answer([&] { return page_json::events(page().session(), from, count); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_card(std::uint32_t coroutine) {
    return answer([&] { return page_json::card(page().session(), coroutine); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_inspector() {
    return answer([] { return page_json::inspector(page().session()); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_find(const char* condition, std::uint32_t after) {
    return answer([&] { return page_json::find(page().session(), condition, after); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_chrome_trace() {
    return answer([] { return chrome_trace(page().session().model()); });
}
EMSCRIPTEN_KEEPALIVE const char* costudio_saved() {
    return answer([] { return page().saved(); });
}

// -- what a person does -----------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE int costudio_perform(const char* command) { return page().perform(command) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE void costudio_seek(std::uint32_t step) { page().seek(step); }
EMSCRIPTEN_KEEPALIVE void costudio_select(std::uint32_t coroutine) { page().select(coroutine); }
EMSCRIPTEN_KEEPALIVE void costudio_hover(std::uint32_t coroutine) { page().hover(coroutine); }
EMSCRIPTEN_KEEPALIVE void costudio_set_speed(float factor) { page().speed(factor); }
EMSCRIPTEN_KEEPALIVE void costudio_set_clock(int steps) {
    page().clock(steps != 0 ? Clock::steps : Clock::virtual_time);
}
EMSCRIPTEN_KEEPALIVE void costudio_set_theme(int dark) { page().theme(dark != 0 ? Theme::dark : Theme::light); }
EMSCRIPTEN_KEEPALIVE void costudio_set_motion(int moves) { page().motion(moves != 0); }
EMSCRIPTEN_KEEPALIVE void costudio_set_tab(int tab) { page().inspector_tab(static_cast<InspectorTab>(tab)); }
EMSCRIPTEN_KEEPALIVE const char* costudio_view() {
    return answer([] { return page_json::view(page().session()); });
}

// -- the canvas -------------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE void costudio_clear_places() { page().clear_places(); }
EMSCRIPTEN_KEEPALIVE void costudio_put(int is_timeline, float x, float y, float w, float h) {
    page().put(is_timeline != 0 ? Panel::timeline : Panel::inspector, {x, y, w, h});
}
EMSCRIPTEN_KEEPALIVE double costudio_timeline_height() { return page().timeline_height(); }

/// `type`: 0 moved, 1 pressed, 2 released, 3 left.
EMSCRIPTEN_KEEPALIVE void costudio_pointer(int type, float x, float y, int button) {
    const auto which = static_cast<Button>(button);
    if (type == 0) page().take(PointerMoved{{x, y}});
    if (type == 1) page().take(PointerPressed{{x, y}, which});
    if (type == 2) page().take(PointerReleased{{x, y}, which});
    if (type == 3) page().take(PointerLeft{});
}
EMSCRIPTEN_KEEPALIVE void costudio_wheel(float x, float y, float across, float up, int modifiers) {
    page().take(Wheel{{x, y}, across, up, modifiers_of(modifiers)});
}
EMSCRIPTEN_KEEPALIVE int costudio_key(const char* name, int modifiers) {
    return page().key(name, modifiers_of(modifiers)) ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE int costudio_paint(double now) { return page().paint(Time(static_cast<Time::rep>(now))) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE double costudio_next_paint(double now) {
    return page().wants_paint_in(Time(static_cast<Time::rep>(now)));
}
}
