// Choice: at which moments of a run somebody is chosen to run next, and among whom; and where two runs part.
//
//     candidates(model, model.at(13))     // {1, 2}: after step 13 the loop runs co#1 or co#2
//     first_difference(model, other)      // 14
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "visualizer/model/model.h"

namespace co::studio {

/// The ready coroutines, first woken first, when the next step is the loop running one of at least two; else nobody.
std::vector<std::uint32_t> candidates(const Model& model, const State& state);

/// The first moment at or after `step` at which somebody can be chosen.
std::optional<std::uint32_t> next_choice(const Model& model, std::uint32_t step);

/// The first step that is not the same in both, or that only one has; nothing when they are one history.
std::optional<std::uint32_t> first_difference(const Model& one, const Model& other);

}  // namespace co::studio
