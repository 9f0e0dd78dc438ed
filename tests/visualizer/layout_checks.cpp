#include "tests/visualizer/layout_checks.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace co::studio {

namespace {

Rect intersection(const Rect& a, const Rect& b) {
    const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

Rect rect_of(const Text& text) {
    float width = measure_monospace(text.text, text.style.font);
    if (text.style.max_width > 0) width = std::min(width, text.style.max_width);
    float x = text.baseline.x;
    if (text.style.align == Align::center) x -= width / 2;
    if (text.style.align == Align::right) x -= width;
    const float size = font_size(text.style.font);
    return {x, text.baseline.y - size * 0.72F, width, size * 0.9F};
}

bool covers(const Rect& plate, const Rect& text) {
    return plate.x <= text.x + 1 && plate.right() >= text.right() - 1 && plate.y <= text.y + 1 &&
           plate.bottom() >= text.bottom() - 1;
}

/// Takes away what an opaque plate, painted later, hides.
void hide_under(std::vector<SeenText>& texts, const FillRect& plate) {
    if (plate.paint.alpha < 1 || plate.paint.pattern != Pattern::solid) return;
    std::erase_if(texts, [&](const SeenText& text) { return covers(plate.rect, text.rect); });
}

}  // namespace

std::vector<SeenText> seen_texts(const Scene& scene, Size size) {
    std::vector<SeenText> texts;
    std::vector<Rect> clips{{0, 0, size.w, size.h}};
    for (const Item& item : scene.items) {
        if (const auto* clip = std::get_if<PushClip>(&item)) clips.push_back(intersection(clips.back(), clip->rect));
        if (std::holds_alternative<PopClip>(item)) clips.pop_back();
        if (const auto* plate = std::get_if<FillRect>(&item)) hide_under(texts, *plate);
        const auto* text = std::get_if<Text>(&item);
        if (!text || text->text.empty()) continue;
        const Rect rect = rect_of(*text);
        const Rect seen = clips.size() == 1 ? rect : intersection(rect, clips.back());
        if (seen.w > 0.5F && seen.h > 0.5F) texts.push_back({text->text, seen});
    }
    return texts;
}

bool has_text(const Scene& scene, const std::string& text) { return count_text(scene, text) > 0; }

std::size_t count_text(const Scene& scene, const std::string& text) {
    return static_cast<std::size_t>(std::count_if(scene.items.begin(), scene.items.end(), [&](const Item& item) {
        const auto* drawn = std::get_if<Text>(&item);
        return drawn && drawn->text == text;
    }));
}

Rect hit_rect(const Scene& scene, Target target, std::uint32_t id) {
    for (const Hit& hit : scene.hits) {
        if (hit.target == target && hit.id == id) return hit.rect;
    }
    return {};
}

void check_scene(const Scene& scene, Size size) {
    int depth = 0;
    for (const Item& item : scene.items) {
        depth += std::holds_alternative<PushClip>(item) ? 1 : 0;
        depth -= std::holds_alternative<PopClip>(item) ? 1 : 0;
        CHECK(depth >= 0);
    }
    CHECK(depth == 0);
    const std::vector<SeenText> texts = seen_texts(scene, size);
    const Rect panel{-0.5F, -0.5F, size.w + 1, size.h + 1};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Rect& rect = texts[i].rect;
        INFO("text: " << texts[i].text << " at " << rect.x << ", " << rect.y << ", width " << rect.w);
        CHECK(covers(panel, rect));
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            if (!rect.overlaps(texts[j].rect)) continue;
            FAIL_CHECK("overlaps: " << texts[j].text << " at " << texts[j].rect.x << ", " << texts[j].rect.y);
        }
    }
}

PanelInput Fixture::at(std::uint32_t step, Size size) {
    view.cursor = step;
    state_ = model.at(step);
    return {model, state_, view, size, measure};
}

trace::Trace many_coroutines(std::uint32_t count) {
    using trace::EventKind;
    trace::Recorder recorder;
    recorder.source("many.lua", "for i = 1, 1000 do\n  go(function() co.sleep(0.1) end)\nend\n");
    const std::uint32_t name = recorder.text("function()");
    recorder.record({.coroutine = 0, .text = recorder.text("many.lua"), .line = 1, .kind = EventKind::start});
    for (std::uint32_t id = 1; id <= count; ++id) {
        recorder.record({.coroutine = 0, .object = id, .text = name, .line = 2, .kind = EventKind::go});
        recorder.record({.value = 100'000'000, .coroutine = id, .line = 2, .kind = EventKind::sleep});
        recorder.record({.coroutine = 0, .object = id, .line = 2, .kind = EventKind::back});
    }
    recorder.record({.coroutine = 0, .line = 3, .kind = EventKind::done});
    for (std::uint32_t id = 1; id <= count; ++id) {
        recorder.record({.time = 100'000'000, .coroutine = id, .line = 2, .kind = EventKind::due});
    }
    for (std::uint32_t id = 1; id <= count; ++id) {
        recorder.record({.time = 100'000'000, .coroutine = id, .line = 2, .kind = EventKind::run});
        recorder.record({.time = 100'000'000, .coroutine = id, .line = 2, .kind = EventKind::done});
    }
    return recorder.take();
}

}  // namespace co::studio
