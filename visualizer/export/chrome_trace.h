// Chrome trace: a run as Chrome Trace Event JSON, which https://ui.perfetto.dev and chrome://tracing open.
//
//     std::ofstream("run.json") << co::studio::chrome_trace(model);
//
// One lane a coroutine: its states as slices, its operations nested in them, an arrow from each cause to its effect,
// the ready queue and the channels' seats as counters, each printed line as a point. The same run gives the same bytes.
#pragma once

#include <cstdint>
#include <string>

#include "visualizer/model/model.h"

namespace co::studio {

/// What a microsecond of the file is. In virtual time a whole burst of steps happens at one instant, so there each step
/// is given the least width that the format knows, 1 ns.
enum class TraceClock : std::uint8_t { steps, virtual_time };

std::string chrome_trace(const Model& model, TraceClock clock = TraceClock::steps);

}  // namespace co::studio
