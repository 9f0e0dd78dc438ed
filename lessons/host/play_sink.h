// PlaySink: keeps the trace of a run, tells each process's host when a coroutine of it waits, and ends a run that would
// never end.
//
//     PlaySink sink(seed, 200'000);
//     sink.enter(0, host);       // process 0 runs the script of `host` from now on
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include <co/trace.h>

#include "lessons/host/chosen_order.h"
#include "lessons/host/host.h"

namespace co::lessons {

class PlaySink final : public co::trace::Sink {
  public:
    /// A run of more than `most_steps` is ended.
    PlaySink(std::uint64_t seed, std::uint64_t most_steps) : most_(most_steps) { recorder_.seed(seed); }

    std::uint16_t source(std::string name, std::string text) {
        return recorder_.source(std::move(name), std::move(text));
    }
    void enter(std::uint32_t process, Host& host) { hosts_[process] = &host; }
    void leave(std::uint32_t process) { hosts_.erase(process); }
    /// Null: that process runs no script.
    Host* host_of(std::uint32_t process) const;

    std::uint32_t text(std::string_view text) override { return recorder_.text(text); }
    void record(const co::trace::Event& event) override;

    /// Steps of the run so far.
    std::uint64_t steps() const { return steps_; }
    /// Is told after each step.
    void tell(ChosenOrder& order) { order_ = &order; }
    co::trace::Trace take() { return recorder_.take(); }

  private:
    void keep(const co::trace::Event& event);

    co::trace::Recorder recorder_;
    std::map<std::uint32_t, Host*> hosts_;
    std::uint64_t most_;  // steps
    std::uint64_t steps_ = 0;
    ChosenOrder* order_ = nullptr;
};

}  // namespace co::lessons
