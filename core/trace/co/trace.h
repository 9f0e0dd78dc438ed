// Trace: the recorded history of one run; Sink: where the runtime's probes write; Recorder: a Sink that keeps
// it.
//
//     co::trace::Recorder recorder;
//     co::Scheduler scheduler(kernel, {.sink = &recorder});
//     scheduler.run(program);
//     co::trace::Trace history = recorder.take();
//
// One data flow: probes -> Sink -> Trace -> model -> views. Nothing in the runtime reads a trace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <co/event.h>

namespace co::trace {

/// A source file that events point into. The text travels with the trace, so that a saved one can be shown.
struct Source {
    std::string name;
    std::string text;
    friend bool operator==(const Source&, const Source&) = default;
};

struct Trace {
    std::uint64_t seed = 0;
    std::vector<Source> sources;
    std::vector<std::string> texts{""};  // texts[0] is the empty text
    std::vector<Event> events;

    std::string_view text(const Event& event) const { return texts[event.text]; }
    friend bool operator==(const Trace&, const Trace&) = default;
};

/// The whole trace as bytes, little endian, the same on every platform: equal traces give equal bytes.
std::string to_bytes(const Trace& trace);
/// The trace again. Throws BrokenBytes (co/bytes.h) for what to_bytes() did not make.
Trace from_bytes(std::string_view bytes);

/// FNV-1a over to_bytes(trace): two runs are the same history when their hashes are.
std::uint64_t hash(const Trace& trace);

/// Where probes write. May be called from the scheduler's thread only.
class Sink {
  public:
    virtual ~Sink() = default;
    /// Keeps `text` and returns its index for Event::text; the same text may get the same index again.
    virtual std::uint32_t text(std::string_view text) = 0;
    virtual void record(const Event& event) = 0;
};

/// Keeps everything in memory.
class Recorder final : public Sink {
  public:
    std::uint32_t text(std::string_view text) override;
    void record(const Event& event) override { trace_.events.push_back(event); }

    void seed(std::uint64_t seed) { trace_.seed = seed; }
    /// Adds a source file; returns its index for Event::source.
    std::uint16_t source(std::string name, std::string text);

    const Trace& trace() const { return trace_; }
    /// Hands over what was recorded and starts afresh.
    Trace take();

  private:
    Trace trace_;
    std::unordered_map<std::string, std::uint32_t> index_{{"", 0}};
};

}  // namespace co::trace
