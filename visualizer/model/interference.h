// Interference: what can be made to go wrong at a moment of a run: a message lost or late, a process killed, the way
// between two computers cut.
//
//     interferences(model, model.at(54))     // drop, delay: step 54 sends; kill worker 1; cut app and phone
//
// What comes of it is another run: visualizer/futures.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "visualizer/model/model.h"

namespace co::studio {

struct Interference {
    enum class Kind : std::uint8_t { drop, delay, kill, cut, heal };
    Kind kind = Kind::drop;
    std::uint32_t first = 0;   // the process; the computer; of a delay its milliseconds
    std::uint32_t second = 0;  // the other computer
    std::uint32_t step = 0;    // that it decides
    std::string label{};       // "Kill worker 1"
};

/// All that can be chosen at the state's step, what is nearest to it first.
std::vector<Interference> interferences(const Model& model, const State& state);

}  // namespace co::studio
