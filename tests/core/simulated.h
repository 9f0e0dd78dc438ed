// Fixture: a program run on the simulated machine, with what it said and its trace.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <co/co.h>
#include <co/sim_kernel.h>
#include <co/trace.h>

namespace co::test {

using namespace std::chrono_literals;

/// On the kernel's clock.
inline long milliseconds() { return static_cast<long>(now().time_since_epoch() / 1ms); }

/// Runs `program(said)` as the main coroutine; `said` collects what it wants to be checked, in order.
class Simulated {
  public:
    template <typename Program>
    explicit Simulated(Program program, SchedulerOptions options = {}) {
        SimKernel kernel;
        options.sink = &recorder_;
        Scheduler scheduler(kernel, options);
        report = scheduler.run([&] { program(said); });
        ended_at = std::chrono::duration_cast<std::chrono::milliseconds>(kernel.now().time_since_epoch());
        trace = recorder_.take();
    }

    RunReport report;
    std::vector<std::string> said;
    std::chrono::milliseconds ended_at{};
    trace::Trace trace;

    /// The kinds of all steps, as words: "start go sleep …".
    std::string steps() const {
        std::string words;
        for (const trace::Event& event : trace.events)
            if (trace::is_step(event.kind)) words += (words.empty() ? "" : " ") + std::string(trace::name(event.kind));
        return words;
    }

  private:
    trace::Recorder recorder_;
};

using Words = std::vector<std::string>;

}  // namespace co::test
