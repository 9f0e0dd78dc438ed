// What can be made to go wrong from the cursor on: a button for each.
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/model/interference.h"

namespace co::studio {

float draw_interferences(Scene& scene, const PanelInput& input, float top) {
    if (!input.view.may_choose) return 0;
    const std::vector<Interference> all = interferences(input.model, input.state);
    if (all.empty()) return 0;
    const float right = input.size.w - inspector_margin;
    draw_heading(scene, input, {inspector_margin, top + 12}, "What if", "from here on; U takes it back", right);
    float x = inspector_margin, y = top + 24;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const float width = input.measure(all[i].label, Font::caption_medium) + 14;
        if (x > inspector_margin && x + width > right) x = inspector_margin, y += 26;
        const Rect button{x, y, width, 22};
        scene.stroke({x + 0.5F, y + 0.5F, width - 1, 21}, Ink::strong_border, {.radius = 4});
        scene.text(x + 7, y + 15, all[i].label, {.font = Font::caption_medium, .ink = Ink::text2});
        scene.hit(button, Target::interference, static_cast<std::uint32_t>(i));
        x += width + 6;
    }
    return y + 22 + 12 - top;
}

}  // namespace co::studio
