// The card that hangs on a coroutine under the mouse: what it does, why it is here, what comes next.
//
//     Scene card = lay_out_hover_card({model, state, view, window, measure}, 3);
//     Rect place = place_hover_card(chip, hover_card_size(card), window);
#pragma once

#include "visualizer/layout/panel.h"

namespace co::studio {

/// Empty for a coroutine that is not there yet.
Scene lay_out_hover_card(const PanelInput& input, std::uint32_t coroutine);

/// How much room the card takes, without its shadow.
Size hover_card_size(const Scene& card);

/// Below the chip, or above where there is no room; never out of the window.
Rect place_hover_card(const Rect& chip, Size card, Size window);

}  // namespace co::studio
