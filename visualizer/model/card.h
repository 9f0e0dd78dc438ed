// Card: one coroutine at one moment: what it does, why it is here, who woke it, what comes next.
//
//     Card card = make_card(model, 2, model.at(20));
//     card.place        // `producer("milk"), line 5`
//     card.rows         // {"Just now", `push("milk"): no consumer waits, so it takes seat 1`}, …
//
// The rows fill the inspector's card; story and outlook say the same as prose, for the card under the mouse.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

class Model;

struct Card {
    std::string chip, state, place;                         // "co#2", "running", `producer("milk"), line 5`
    std::vector<std::pair<std::string, std::string>> rows;  // "Just now" -> sentence, "Woken by" -> …, "Next" -> …
    std::string story;    // `Was parked in pop() on results for 0.12 s. Woken at step 16 by co#1’s push, …`
    std::string outlook;  // "Runs when co#2 waits or ends."; may be empty
};

/// Empty for a coroutine that is not known.
Card make_card(const Model& model, std::uint32_t coroutine, const State& state);

}  // namespace co::studio
