#include "visualizer/layout/hover_card.h"

#include <algorithm>
#include <string>
#include <vector>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float card_width = 340;
constexpr float hover_padding = 13;

bool is_name(const PanelInput& input, const std::string& word) {
    const trace::Trace& trace = input.model.trace();
    const auto named = [&](const auto& all) {
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return trace.texts[one.name] == word; });
    };
    return !word.empty() && (named(input.state.channels) || named(input.state.groups) || named(input.state.gates));
}

/// Where the piece of code that begins at `from` ends: a call with its brackets, a quoted value, a channel's name.
std::size_t end_of_code(const PanelInput& input, const std::string& text, std::size_t from) {
    if (text[from] == '"') {
        const std::size_t close = text.find('"', from + 1);
        return close == std::string::npos ? from : close + 1;
    }
    if (from > 0 && text[from - 1] != ' ' && text[from - 1] != '(') return from;
    const auto is_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
    };
    std::size_t end = from;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > from && end < text.size() && text[end] == '(') {
        const std::size_t close = text.find(')', end);
        if (close != std::string::npos) return close + 1;
    }
    while (end > from && text[end - 1] == '.') --end;  // the sentence's full stop
    return is_name(input, text.substr(from, end - from)) ? end : from;
}

/// Sets code within a sentence in the code face: `pop()`, `results`, `"tea"`.
std::vector<StyledRun> with_code(const PanelInput& input, const std::string& text) {
    std::vector<StyledRun> runs;
    std::string plain;
    const auto flush = [&] {
        if (!plain.empty()) runs.push_back({std::move(plain), Font::panel, Ink::text2});
        plain.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = end_of_code(input, text, i);
        if (end == i) {
            plain += text[i++];
            continue;
        }
        flush();
        runs.push_back({text.substr(i, end - i), Font::code_small, text[i] == '"' ? Ink::string : Ink::text1});
        i = end;
    }
    flush();
    return runs;
}

/// Three rounded rectangles: a soft shadow for want of a blur.
void draw_shadow(Scene& scene, Size size, bool dark) {
    const float alpha = dark ? 0.17F : 0.06F;
    for (const float spread : {9.0F, 5.0F, 1.0F}) {
        scene.fill({-spread, 4 - spread, size.w + 2 * spread, size.h + 2 * spread}, Ink::shadow,
                   {.alpha = alpha, .radius = 4 + spread});
    }
}

/// "in consumer, line 14".
void draw_place(Scene& scene, const PanelInput& input, Point at, std::uint32_t coroutine, float right) {
    const CoroutineState* state = input.state.coroutine(coroutine);
    const std::string line = state && state->line > 0 ? ", line " + std::to_string(state->line) : "";
    const std::string name =
        cut_to_fit(input.model.function_name(coroutine), Font::code_small,
                   right - at.x - input.measure("in ", Font::prose) - input.measure(line, Font::prose), input.measure);
    float x = at.x;
    scene.text(x, at.y, "in", {.font = Font::prose, .ink = Ink::text2});
    x += input.measure("in ", Font::prose);
    scene.text(x, at.y, name, {.font = Font::code_small, .ink = Ink::text2});
    x += input.measure(name, Font::code_small);
    if (!line.empty()) scene.text(x, at.y, line, {.font = Font::prose, .ink = Ink::text2});
}

}  // namespace

Scene lay_out_hover_card(const PanelInput& input, std::uint32_t coroutine) {
    const Card card = input.model.card(coroutine, input.state);
    if (card.chip.empty()) return {};
    Scene words;
    Chip chip = chip_of(input, coroutine);
    chip.outline = Outline::none;
    chip.ground = Ink::panel;
    float x = hover_padding + draw_chip(words, {hover_padding, 8}, chip, input.measure) + 12;
    words.text(x, 21, card.state, {.font = Font::prose_bold});
    x += input.measure(card.state, Font::prose_bold) + 8;
    draw_place(words, input, {x, 21}, coroutine, card_width - hover_padding);
    float y = 28;
    const float width = card_width - 2 * hover_padding;
    y += draw_paragraph(words, {hover_padding, y, width, 18}, with_code(input, card.story), input.measure);
    if (!card.outlook.empty()) {
        y += draw_paragraph(words, {hover_padding, y, width, 18}, {{card.outlook, Font::panel, Ink::text1}},
                            input.measure);
    }
    const Size size{card_width, y + 7};

    Scene scene;
    draw_shadow(scene, size, input.view.dark);
    scene.fill({0, 0, size.w, size.h}, Ink::row, {.radius = 4});
    scene.stroke({0.5F, 0.5F, size.w - 1, size.h - 1}, Ink::strong_border, {.radius = 4});
    scene.items.insert(scene.items.end(), words.items.begin(), words.items.end());
    scene.content_height = size.h;
    return scene;
}

Size hover_card_size(const Scene& card) { return card.items.empty() ? Size{} : Size{card_width, card.content_height}; }

Rect place_hover_card(const Rect& chip, Size card, Size window) {
    float y = chip.bottom() + 2;
    if (y + card.h > window.h - 4) y = chip.y - 2 - card.h;
    const float x = std::clamp(chip.x + 8, 4.0F, std::max(4.0F, window.w - 4 - card.w));
    return {x, std::max(4.0F, y), card.w, card.h};
}

}  // namespace co::studio
