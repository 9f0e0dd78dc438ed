// Breakpoint: where a person wants the playhead to stop: at a line, at whatever a coroutine does, at whatever happens
// to a channel.
//
//     next_stop(model, {{Breakpoint::Kind::line, 5}}, 20)     // the first step after 20 that is at line 5
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "visualizer/model/model.h"

namespace co::studio {

struct Breakpoint {
    enum class Kind : std::uint8_t { line, coroutine, channel };
    Kind kind = Kind::line;
    std::uint32_t id = 0;  // the line of the program, or the coroutine's or the channel's number
    friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};

bool stops_at(const Model& model, const std::vector<Breakpoint>& breakpoints, std::uint32_t step);
std::optional<std::uint32_t> next_stop(const Model& model, const std::vector<Breakpoint>& breakpoints,
                                       std::uint32_t after_step);
/// Sets it, or takes it away where it is set.
void toggle(std::vector<Breakpoint>& breakpoints, const Breakpoint& breakpoint);
bool is_set(const std::vector<Breakpoint>& breakpoints, const Breakpoint& breakpoint);

}  // namespace co::studio
