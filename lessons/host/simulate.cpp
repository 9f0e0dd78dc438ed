#include "lessons/host/simulate.h"

#include <algorithm>

#include <co/scheduler.h>
#include <co/sim_kernel.h>
#include <fmt/format.h>

#include "lessons/host/chosen_order.h"
#include "lessons/host/findings.h"
#include "lessons/host/host.h"
#include "lessons/host/message.h"

namespace co::lessons {
namespace {

constexpr std::size_t most_memory = 64 * 1024 * 1024;  // bytes
constexpr std::size_t most_output = 1024 * 1024;       // bytes
constexpr std::uint64_t most_steps = 200'000;          // of one run
constexpr std::uint64_t most_events = 4'000'000;       // lines and details included

// Keeps the trace, tells the host when a coroutine waits, and ends a run that would never end.
class WatchingSink final : public co::trace::Sink {
  public:
    explicit WatchingSink(Host& host) : host_(host) {
        recorder_.seed(host.options().seed);
        recorder_.source(host.script().name, host.script().text);
    }

    std::uint32_t text(std::string_view text) override { return recorder_.text(text); }

    void record(const co::trace::Event& event) override {
        recorder_.record(event);
        if (co::trace::parks(event.kind)) host_.waits();
        if (co::trace::is_step(event.kind)) {
            ++steps_;
            if (order_) order_->after_step(steps_);
        }
        if (steps_ <= most_steps && recorder_.trace().events.size() <= most_events) return;
        host_.exhaust(event.line,
                      fmt::format("the run took more than {} steps, the limit", with_separators(most_steps)),
                      "Let the script come to an end, or give the lesson a `horizon` among its limits.");
    }

    /// Steps of the run so far.
    std::uint64_t steps() const { return steps_; }
    /// Is told after each step.
    void tell(ChosenOrder& order) { order_ = &order; }
    co::trace::Trace take() { return recorder_.take(); }

  private:
    Host& host_;
    co::trace::Recorder recorder_;
    std::uint64_t steps_ = 0;
    ChosenOrder* order_ = nullptr;
};

RunReport run_script(Host& host, Kernel& kernel, const SchedulerOptions& options) {
    Scheduler scheduler(kernel, options);
    return scheduler.run([&host] { host.run_main(); }, host.script().name);
}

}  // namespace

RunResult simulate(const Script& script, const SimOptions& options) {
    RunResult result;
    Host host(script, {.sandboxed = true,
                       .seed = options.seed,
                       .lines = options.limits.lines,
                       .coroutines = options.limits.coroutines,
                       .memory = most_memory,
                       .output = most_output,
                       .stack_bytes = options.stack_bytes,
                       .out = [&result](std::string_view text) { result.output += text; }});
    WatchingSink sink(host);
    if (auto finding = host.load()) {
        result.findings.push_back(std::move(*finding));
    } else {
        SimKernel kernel({.seed = options.seed});
        ChosenOrder order(options.schedule, [&](std::uint64_t seed) {
            kernel.reseed(seed);
            host.reseed(seed);
        });
        SchedulerOptions scheduling{
            .sink = &sink, .stack_bytes = options.stack_bytes, .max_coroutines = options.limits.coroutines};
        if (options.limits.horizon) scheduling.horizon = Duration(*options.limits.horizon);
        if (!options.schedule.empty()) {
            scheduling.run_order = &order;
            sink.tell(order);
        }
        const RunReport report = run_script(host, kernel, scheduling);
        result.findings = findings_of(report, host, options.limits);
        if (auto misfit = order.misfit(script)) result.findings.push_back(std::move(*misfit));
    }
    result.trace = sink.take();
    return result;
}

RunResult run_real(const Script& script, Kernel& kernel, const std::function<void(std::string_view)>& out) {
    RunResult result;
    Host host(script, {.sandboxed = false, .out = out});
    if (auto finding = host.load()) {
        result.findings.push_back(std::move(*finding));
    } else {
        result.findings = findings_of(run_script(host, kernel, {.stack_bytes = usual_stack_bytes}), host, {});
    }
    return result;
}

Script script_of(const Lesson& lesson) {
    Script script;
    const bool is_lesson = lesson.file.extension() == ".md";
    script.name = is_lesson ? "main.lua" : lesson.file.string();
    script.text = lesson.program.text;
    script.line_offset = lesson.program.first_line - 1;
    script.file = lesson.file.string();
    return script;
}

}  // namespace co::lessons
