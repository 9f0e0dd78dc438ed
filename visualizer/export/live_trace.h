// LiveTrace: the Chrome trace of a program that is still running, written as it goes: a bare array, one event a line,
// so that the file opens also when the program is killed in the middle of a line (importers take an array that has no
// end).
//
//     std::ofstream file("out.json");
//     co::studio::LiveTrace live("main.lua", [&](std::string_view text) { file << text << std::flush; });
//     co::Scheduler scheduler(kernel, {.sink = &live});
//
// The same lanes, states and operations as chrome_trace() has, and an arrow from whoever starts or wakes another; a
// state is written when it is over. It keeps what is true now and the texts, no history.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <co/trace.h>
#include <nlohmann/json_fwd.hpp>

#include "visualizer/model/state.h"

namespace co::studio {

class LiveTrace final : public trace::Sink {
  public:
    /// `write` gets whole lines, without its newline the last one, and is to let nothing wait in a buffer.
    LiveTrace(std::string program, std::function<void(std::string_view)> write);
    LiveTrace(const LiveTrace&) = delete;
    LiveTrace& operator=(const LiveTrace&) = delete;
    /// Writes the states that are not over yet, and the array's end.
    ~LiveTrace() override;

    std::uint32_t text(std::string_view text) override;
    void record(const trace::Event& event) override;

  private:
    /// The state that a coroutine is in.
    struct Stay {
        Activity activity = Activity::unborn;
        std::int64_t since = 0;  // ns after the first event
        std::uint32_t line = 0;
        std::string waits_in;
    };

    void tell_step();
    void tell_states();
    void tell_operation(const trace::Event& event);
    void tell_arrows();
    void tell_counters();
    void note(std::uint32_t coroutine);
    void end_stay(std::uint32_t coroutine, std::int64_t at);
    void point(std::uint32_t from, std::uint32_t to);
    void slice(std::uint32_t coroutine, std::string_view name, std::int64_t from, std::int64_t to,
               const nlohmann::ordered_json& more);
    void line(const nlohmann::ordered_json& event);

    std::function<void(std::string_view)> write_;
    trace::Recorder texts_;
    State state_;
    std::vector<trace::Event> step_;  // the one that is going on: its event and details
    std::vector<Stay> stays_;         // by coroutine
    std::map<std::string, std::int64_t> counters_;
    std::int64_t first_ = 0;  // ns: the clock when the program began
    std::int64_t now_ = -1;   // ns after that; each step is later than the one before, so that every slice has a width
    std::uint32_t arrows_ = 0;
    bool is_empty_ = true;
};

}  // namespace co::studio
