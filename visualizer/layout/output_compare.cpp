#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/future_view.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float output_row = 18;
constexpr float output_margin = 16;

/// Two columns of what was printed, line beside line.
class Outputs {
  public:
    Outputs(Scene& scene, const PanelInput& input) : scene_(scene), input_(input), half_(input.size.w / 2) {}

    void draw() {
        const std::size_t lines = std::max(own().size(), other().size());
        const Rect window{0, header_height + output_row, input_.size.w, input_.size.h - header_height - output_row};
        heading(0, "This run");
        heading(half_, "Before the choice");
        scene_.line({half_ + 0.5F, header_height}, {half_ + 0.5F, input_.size.h}, Ink::border);
        scene_.content_height = output_row * static_cast<float>(lines);
        float scroll = input_.view.bottom_scroll;
        if (scroll < 0) scroll = output_row * static_cast<float>(printed()) - window.h;
        scene_.scroll = clamp_scroll(scroll, window.h, scene_.content_height);
        scene_.clip(window);
        for (std::size_t i = 0; i < lines; ++i) {
            const float top = window.y + output_row * static_cast<float>(i) - scene_.scroll;
            if (top > -output_row && top < input_.size.h) draw_row(i, top);
        }
        draw_scroll_thumb(scene_, window, scene_.scroll, scene_.content_height);
        scene_.unclip();
    }

  private:
    const std::vector<OutputLine>& own() const { return input_.model.output(); }
    const std::vector<OutputLine>& other() const { return input_.other->output(); }

    std::size_t printed() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(own(), [&](const OutputLine& line) { return line.step <= input_.view.cursor; }));
    }

    void heading(float x, const std::string& text) {
        scene_.text(x + output_margin, header_height + 13, text, {.font = Font::caption_medium, .ink = Ink::text3});
    }

    void draw_row(std::size_t index, float top) {
        const bool differs =
            index >= own().size() || index >= other().size() || own()[index].text != other()[index].text;
        if (differs) scene_.fill({0, top, input_.size.w, output_row}, Ink::row);
        if (index < own().size()) draw_line(own()[index], 0, top, differs, own()[index].step > input_.view.cursor);
        if (index < other().size()) draw_line(other()[index], half_, top, differs, true);
    }

    void draw_line(const OutputLine& line, float left, float top, bool differs, bool pale) {
        scene_.text(left + output_margin, top + 13, fmt::format("step {}", line.step),
                    {.ink = Ink::text3, .max_width = 64});
        scene_.text(left + output_margin + 68, top + 13, Model::chip(line.coroutine),
                    {.font = Font::code_small, .ink = Ink::text3, .max_width = 52});
        const float x = left + output_margin + 124;
        const Font font = differs ? Font::code_bold : Font::code;
        const std::string text = cut_to_fit(line.text, font, left + half_ - 12 - x, input_.measure);
        scene_.text(x, top + 13, text, {.font = font, .ink = pale ? Ink::text3 : Ink::text1});
        if (left == 0) scene_.hit({left, top, half_, output_row}, Target::step, line.step);
    }

    Scene& scene_;
    const PanelInput& input_;
    float half_;
};

}  // namespace

void draw_outputs(Scene& scene, const PanelInput& input) { Outputs(scene, input).draw(); }

}  // namespace co::studio
