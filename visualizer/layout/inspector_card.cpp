#include <algorithm>
#include <array>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float card_padding = 13;
constexpr float label_width = 76;

/// What differs where the panel is narrow: more and closer lines.
struct CardMetrics {
    std::size_t lines;
    float line_height;
    float height;
    float first_line;  // from the card's top
    std::size_t most_rows = 5;
};
constexpr CardMetrics wide_card{3, 20, 104, 35};
constexpr CardMetrics wide_and_full{4, 16, 104, 34};  // where a row needs a second line
constexpr CardMetrics narrow{5, 16, 124, 34};
constexpr CardMetrics narrow_and_low{5, 15, 118, 33};
constexpr CardMetrics in_brief{2, 16, 74, 34, 1};

/// Chip, state, and where: `producer("milk")` in the code face, ", line 5" in the other.
void draw_title(Scene& scene, const PanelInput& input, const Card& card, float top, std::uint32_t coroutine) {
    const float left = inspector_margin + card_padding + 2;
    const float right = input.size.w - inspector_margin - card_padding;
    float x = left + draw_chip_of(scene, {left, top + 13}, input, coroutine) + 12;
    const float y = top + 26;
    scene.text(x, y, card.state, {.font = Font::prose_bold});
    x += input.measure(card.state, Font::prose_bold) + 8;
    const std::size_t comma = std::min(card.place.rfind(", line "), card.place.size());
    const std::string where = card.place.substr(comma);
    const float where_width = input.measure(where, Font::prose);
    const std::string call =
        cut_to_fit(card.place.substr(0, comma), Font::code_small, right - x - where_width, input.measure);
    scene.text(x, y, call, {.font = Font::code_small, .ink = Ink::text2});
    x += input.measure(call, Font::code_small);
    if (!where.empty()) scene.text(x, y, where, {.font = Font::prose, .ink = Ink::text2, .max_width = right - x});
}

float needed_lines(const PanelInput& input, const std::string& text, Font font, float width) {
    Scene unseen;
    return draw_paragraph(unseen, {.width = width, .line_height = 1}, {{text, font}}, input.measure);
}

float rows_width(const PanelInput& input) { return input.size.w - 2 * (inspector_margin + card_padding) - label_width; }

Font row_font(std::size_t row) { return row == 0 ? Font::panel_bold : Font::panel; }

/// The places of a server and the descriptors of a loop need the room that a small panel has.
bool is_in_brief(const PanelInput& input) {
    const InspectorTab tab = input.view.inspector_tab;
    const bool shows_places = tab == InspectorTab::processes && input.model.processes().several();
    const bool is_small = input.size.h < low_inspector || input.size.w < narrow_inspector;
    return is_small && (shows_places || tab == InspectorTab::reactor);
}

const CardMetrics& metrics_of(const PanelInput& input, const Card& card) {
    if (is_in_brief(input)) return in_brief;
    if (input.size.w < narrow_inspector) return input.size.h < low_inspector ? narrow_and_low : narrow;
    float lines = 0;
    for (std::size_t i = 0; i < card.rows.size(); ++i)
        lines += needed_lines(input, card.rows[i].second, row_font(i), rows_width(input));
    return lines > static_cast<float>(wide_card.lines) ? wide_and_full : wide_card;
}

/// Every row gets a line; those left over go to the first rows that need them.
void draw_rows(Scene& scene, const PanelInput& input, const Card& card, float top, const CardMetrics& metrics) {
    const float left = inspector_margin + card_padding;
    const float width = rows_width(input);
    const std::size_t rows = std::min({card.rows.size(), metrics.lines, metrics.most_rows});
    std::size_t spare = metrics.lines - rows;
    float y = top + metrics.first_line;
    for (std::size_t i = 0; i < rows; ++i) {
        const auto& [label, text] = card.rows[i];
        const Font font = row_font(i);
        const auto needed = static_cast<std::size_t>(needed_lines(input, text, font, width));
        const std::size_t lines = std::clamp<std::size_t>(needed, 1, 1 + spare);
        spare -= lines - 1;
        scene.text(left, y + baseline(Font::panel, metrics.line_height), label,
                   {.ink = Ink::text3, .max_width = label_width - 4});
        draw_paragraph(scene, {left + label_width, y, width, metrics.line_height, lines},
                       {{text, font, i == 0 ? Ink::text1 : Ink::text2}}, input.measure);
        y += static_cast<float>(lines) * metrics.line_height;
    }
}

/// The problem that ended the run, or kept it from beginning, as far as it has been played.
const Problem* problem_now(const PanelInput& input) {
    const Problem* found = nullptr;
    for (const Problem& problem : input.model.problems()) {
        const bool reached = input.model.steps() == 0 || (problem.step > 0 && problem.step <= input.view.cursor);
        if (reached && (!found || problem.step >= found->step)) found = &problem;
    }
    return found;
}

/// In the place of a coroutine: why there is none.
void draw_why_empty(Scene& scene, const PanelInput& input, float top) {
    ParagraphBox box{inspector_margin + card_padding, top, input.size.w - 2 * (inspector_margin + card_padding), 18, 3};
    if (const Problem* problem = problem_now(input)) {
        scene.icon(box.x, box.y + 3, 12, Icon::glyph_failed, Ink::failed);
        box.x += 20;
        box.width -= 20;
        box.y += draw_paragraph(scene, box, {{problem->what, Font::panel_bold, Ink::text1}}, input.measure);
        box.most_lines = 1;
        draw_paragraph(scene, box, {{problem->remedy, Font::panel}}, input.measure);
        return;
    }
    std::string text = "Nothing has run.";
    if (input.model.steps() > 0) text = "Nothing has run yet. The right arrow key takes the first step.";
    if (input.state.step > 0) text = as_sentence(input.model.sentence(input.state.step));
    draw_paragraph(scene, box, {{text, Font::panel}}, input.measure);
}

}  // namespace

float draw_card(Scene& scene, const PanelInput& input, float top) {
    const std::uint32_t coroutine = input.focus();
    const Card card = input.model.card(coroutine, input.state);
    const CardMetrics& metrics = metrics_of(input, card);
    const float width = input.size.w - 2 * inspector_margin;
    scene.fill({inspector_margin, top, width, metrics.height}, Ink::raised, {.radius = 4});
    scene.stroke({inspector_margin + 0.5F, top + 0.5F, width - 1, metrics.height - 1}, Ink::border, {.radius = 4});
    if (card.chip.empty()) {
        draw_why_empty(scene, input, top + 12);
        return metrics.height;
    }
    draw_title(scene, input, card, top, coroutine);
    draw_rows(scene, input, card, top, metrics);
    return metrics.height;
}

}  // namespace co::studio
