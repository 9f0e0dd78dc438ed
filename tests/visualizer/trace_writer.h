// TraceWriter: short histories for tests, event by event.
//
//     TraceWriter writer;
//     writer.add(EventKind::start, {.coroutine = 0}, "main.lua");
//     writer.at_ms(120).add(EventKind::due, {.coroutine = 1});
//     Model model(writer.take());
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <co/trace.h>

namespace co::studio {

constexpr std::int64_t ms = 1'000'000;

class TraceWriter {
  public:
    TraceWriter() { recorder_.source("main.lua", ""); }

    TraceWriter& at_ms(std::int64_t milliseconds) {
        now_ = milliseconds * 1'000'000;
        return *this;
    }

    TraceWriter& add(trace::EventKind kind, trace::Event event, std::string_view text = "") {
        event.kind = kind;
        event.time = now_;
        event.text = recorder_.text(text);
        recorder_.record(event);
        return *this;
    }

    trace::Trace take() { return recorder_.take(); }

  private:
    trace::Recorder recorder_;
    std::int64_t now_ = 0;
};

}  // namespace co::studio
