// Play: one run of a script on the simulated machine, with all processes that it starts and the world around it.
//
//     Play play(script, {.seed = 7});
//     RunResult result = play.run();
//
//     Play twin(script, {});                      // a C++ program in the same world: what a lesson's twin is checked
//     by RunReport report = twin.run_program(main, print);
//
// The script is the machine's first process, on the computer `app`. It runs to its end; a server in it is stopped, as
// by its user's Ctrl-C, when nothing can happen any more, or a second after the world has done its last act.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <co/machine.h>
#include <co/sim_kernel.h>

#include "lessons/host/chosen_order.h"
#include "lessons/host/host.h"
#include "lessons/host/play_sink.h"
#include "lessons/host/processes.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

class Play final : public Processes {
  public:
    Play(const Script& script, const SimOptions& options);
    Play(const Play&) = delete;
    Play& operator=(const Play&) = delete;
    ~Play() override = default;

    /// Once; this or the other.
    RunResult run();
    /// Another program in the script's place; `out` gets what the world prints.
    RunReport run_program(Callable program, std::function<void(std::string_view)> out);

    // -- Processes
    void run(Kernel& own, SchedulerOptions options, const std::string& name, const Start& start) override;
    void uses_machine() override;
    void serves(Host& host) override;
    void keep(std::shared_ptr<void> what) override { kept_.push_back(std::move(what)); }

    // -- the world
    co::sim::Machine& machine() { return machine_; }
    /// How that computer is linked.
    void describe(const std::string& host, const co::sim::HostOptions& options);
    /// Starts a process on that computer, which has its name; when the program has begun.
    void start_in_world(const std::string& host, const Start& start);
    /// Ends the process that was started last under that name, on `app` or another computer. False: there was none.
    bool kill(const std::string& name);

    static constexpr const char* own_host = "app";
    static constexpr Duration usual_latency = std::chrono::milliseconds(1);  // of a computer that nobody has described

  private:
    /// A process of the world.
    struct Act {
        std::string name;
        std::function<void(Kernel&)> body;
        std::optional<co::sim::Process> process{};
        std::uint32_t number = 0;  // of the process, as traces have it
        bool is_done = false;
        bool serves = false;  // for others: it does not end by itself
    };

    void follow_schedule(Host& first);
    RunReport run_first(Callable program, const SchedulerOptions& options);
    HostOptions options_of(std::uint16_t source, std::string process);
    void play_program();
    void begin_world();
    void begin(Act& act, const std::string& host);
    void run_host(Host& host, Kernel& own, SchedulerOptions options, const std::string& name);
    void add(Finding finding);
    void look_whether_all_is_over();
    void stop_server();

    Script script_;
    Script world_;
    SimOptions options_;
    RunResult result_;
    std::function<void(std::string_view)> out_ = [this](std::string_view text) { result_.output += text; };
    std::vector<std::shared_ptr<void>> kept_;
    std::optional<ChosenOrder> order_;  // of a run that is to follow a schedule
    PlaySink sink_;
    SimKernel kernel_;
    co::sim::Machine machine_;
    std::deque<Act> acts_;
    Scheduler* main_scheduler_ = nullptr;
    bool uses_machine_ = false;
    std::set<std::string> hosts_{own_host};  // whose place in the network is settled
    bool is_over_ = false;
};

}  // namespace co::lessons
