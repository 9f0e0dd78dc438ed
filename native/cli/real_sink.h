// RealSink: what a run on the real machine leaves: its whole trace, for the studio, and the live one, for Perfetto.
//
//     RealSink sink(script.name, script.text, [&](std::string_view text) { file << text << std::flush; });
//     run_real(script, kernel, {.out = print, .sink = &sink});
//     Trace trace = sink.take();
//
// The kept one's clock begins at 0 when the program begins, and its first event says that it is a real one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/trace.h>

#include "visualizer/export/live_trace.h"

namespace co::cli {

class RealSink final : public trace::Sink {
  public:
    /// `write`: gets the live trace; empty: there is none. `keeps`: take() is going to be called.
    RealSink(const std::string& name, const std::string& text, std::function<void(std::string_view)> write, bool keeps);

    std::uint32_t text(std::string_view text) override;
    void record(const trace::Event& event) override;
    trace::Trace take() { return kept_.take(); }

  private:
    trace::Event from_start(trace::Event event) const;

    trace::Recorder kept_;
    std::optional<studio::LiveTrace> live_;
    std::vector<std::uint32_t> live_texts_;  // by the kept one's number
    std::optional<std::int64_t> start_;      // ns on the machine's clock
    bool keeps_;
};

}  // namespace co::cli
