#include "visualizer/layout/tabs.h"

#include <algorithm>

namespace co::studio {

namespace {

constexpr float usual_padding = 10;
constexpr float least_padding = 3;
constexpr float tab_baseline = 18;

float tab_width(const TabItem& tab, bool open, float padding, const MeasureText& measure) {
    float width = 2 * padding + measure(tab.label, open ? Font::panel_bold : Font::panel);
    if (!tab.count.empty()) width += measure(" " + tab.count, Font::panel);
    return width;
}

void draw_tab(Scene& scene, float x, const TabItem& tab, bool open, float padding, const MeasureText& measure) {
    const Font font = open ? Font::panel_bold : Font::panel;
    const float width = tab_width(tab, open, padding, measure);
    scene.text(x + padding, tab_baseline, tab.label, {.font = font, .ink = open ? Ink::text1 : Ink::text2});
    if (!tab.count.empty()) {
        const float count = x + padding + measure(tab.label, font) + measure(" ", Font::panel);
        scene.text(count, tab_baseline, tab.count, {.ink = Ink::text3});
    }
    if (open) scene.fill({x + padding, header_height - 2, width - 2 * padding, 2}, Ink::text1);
    scene.hit({x, 0, width, header_height}, Target::tab, tab.number);
}

}  // namespace

float draw_tabs(Scene& scene, float width, const std::vector<TabItem>& tabs, std::uint32_t open,
                const std::string& note, const MeasureText& measure, float kept) {
    scene.line({0, header_height - 0.5F}, {width, header_height - 0.5F}, Ink::border);
    width -= kept;
    float all = 0;
    for (const TabItem& tab : tabs) all += tab_width(tab, tab.number == open, 0, measure);
    // Where they do not fit, they close up.
    const float room = (width - 8 - all) / static_cast<float>(2 * std::max<std::size_t>(tabs.size(), 1));
    const float padding = std::clamp(room, least_padding, usual_padding);
    float x = 4;
    for (const TabItem& tab : tabs) {
        const bool is_open = tab.number == open;
        draw_tab(scene, x, tab, is_open, padding, measure);
        x += tab_width(tab, is_open, padding, measure);
    }
    const float note_width = measure(note, Font::panel);
    if (!note.empty() && width - 12 - note_width > x) {
        scene.text(width - 12, tab_baseline, note, {.ink = Ink::text3, .align = Align::right});
    }
    return x;
}

void draw_scroll_thumb(Scene& scene, const Rect& window, float scroll, float content_height) {
    if (content_height <= window.h + 1 || window.h <= 0) return;
    const float height = std::max(24.0F, window.h * window.h / content_height);
    const float travel = window.h - height - 4;
    const float y = window.y + 2 + travel * scroll / (content_height - window.h);
    scene.fill({window.right() - 6, y, 4, height}, Ink::strong_border, {.alpha = 0.7F, .radius = 2});
}

float whole_lines(const Scene& unscrolled, float from, float height) {
    constexpr float above = 14, below = 6;  // of a baseline
    float end = from + height;
    for (const Item& item : unscrolled.items) {
        const auto* text = std::get_if<Text>(&item);
        if (!text) continue;
        const float top = text->baseline.y - above, bottom = text->baseline.y + below;
        if (top < from + height && from + height < bottom) end = std::min(end, top);
    }
    return end - from;
}

float clamp_scroll(float scroll, float window_height, float content_height) {
    return std::clamp(scroll, 0.0F, std::max(0.0F, content_height - window_height));
}

}  // namespace co::studio
