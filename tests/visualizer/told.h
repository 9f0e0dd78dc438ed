// What a short history tells, for tests of the model.
//
//     CHECK(last_sentence(writer) == "unlock: co#1 is let through");
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/card.h"
#include "visualizer/model/model.h"

namespace co::studio {

inline State end_of(TraceWriter writer) { return Model(writer.take()).at(UINT32_MAX); }

inline std::string last_sentence(TraceWriter writer) {
    const Model model(writer.take());
    return model.sentence(model.steps());
}

inline std::uint32_t place_of(const Model& model, std::uint32_t number) { return *model.processes().place_of(number); }

inline std::string row(const Card& card, std::string_view name) {
    for (const auto& [known, value] : card.rows) {
        if (known == name) return value;
    }
    return "";
}

inline std::vector<std::uint32_t> list(const std::deque<std::uint32_t>& queue) { return {queue.begin(), queue.end()}; }

}  // namespace co::studio
