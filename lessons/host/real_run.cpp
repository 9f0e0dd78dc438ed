#include "lessons/host/real_run.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lessons/host/findings.h"
#include "lessons/host/host.h"
#include "lessons/host/processes.h"

namespace co::lessons {
namespace {

/// The processes of a script on a real machine: fork() has copied its state, so each goes on where it was started.
class Forked final : public Processes {
  public:
    explicit Forked(const std::function<void(const Finding&)>& complain) : complain_(complain) {}

    void belong_to(Host& host) { host_ = &host; }
    void run(Kernel& own, SchedulerOptions options, const std::string& name, const Start& start) override {
        name_ = name;
        options.stack_bytes = usual_stack_bytes;
        Scheduler scheduler(own, options);
        const RunReport report = scheduler.run([&] { start.way.back().arrive(*host_, start.object); }, name);
        for (const Finding& finding : findings_of_process(report, *host_, name)) tell(finding);
    }
    void keep(std::shared_ptr<void> what) override { kept_.push_back(std::move(what)); }
    /// In the first process the run's report tells of it.
    void failed(const ScriptError& error) const {
        if (!name_.empty()) tell(error_finding(error, *host_, name_));
    }

  private:
    void tell(const Finding& finding) const {
        if (complain_) complain_(finding);
    }

    const std::function<void(const Finding&)>& complain_;
    Host* host_ = nullptr;
    std::string name_;  // of this process; empty: the first
    std::vector<std::shared_ptr<void>> kept_;
};

}  // namespace

RunResult run_real(const Script& script, Kernel& kernel, const RealOutput& output) {
    RunResult result;
    Forked processes(output.complain);
    Host host(script, {.sandboxed = false,
                       .out = output.out,
                       .processes = &processes,
                       .failed = [&processes](const ScriptError& error) { processes.failed(error); }});
    processes.belong_to(host);
    if (auto finding = host.load()) {
        result.findings.push_back(std::move(*finding));
    } else {
        Scheduler scheduler(kernel, {.sink = output.sink, .stack_bytes = usual_stack_bytes});
        const RunReport report = scheduler.run([&host] { host.run_main(); }, host.script().name);
        result.findings = findings_of(report, host, {});
    }
    return result;
}

RunResult run_real(const Script& script, Kernel& kernel, const std::function<void(std::string_view)>& out) {
    return run_real(script, kernel, RealOutput{.out = out});
}

}  // namespace co::lessons
