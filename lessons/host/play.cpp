#include "lessons/host/play.h"

#include <algorithm>
#include <stdexcept>

#include <co/coroutine.h>
#include <fmt/format.h>

#include "lessons/host/chosen_order.h"
#include "lessons/host/findings.h"
#include "lessons/host/interfere.h"
#include "lessons/host/message.h"

namespace co::lessons {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_memory = 64 * 1024 * 1024;  // bytes
constexpr std::size_t most_output = 1024 * 1024;       // bytes
constexpr std::size_t most_findings = 20;
constexpr std::uint16_t program_source = 0;
constexpr std::uint16_t world_source = 1;
constexpr Duration after_the_last_act = 1s;  // for what the program still has to do
constexpr std::string_view director = "world";

/// While it lives, the trace knows whose script the process runs.
class Entered {
  public:
    Entered(PlaySink& sink, std::uint32_t process, Host& host) : sink_(sink), process_(process) {
        sink_.enter(process_, host);
    }
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;
    ~Entered() { sink_.leave(process_); }

  private:
    PlaySink& sink_;
    std::uint32_t process_;
};

}  // namespace

Play::Play(const Script& script, const SimOptions& options)
    : script_(script),
      world_(world_of(script)),
      options_(options),
      sink_(options.seed, options.steps),
      kernel_({.seed = options.seed, .host = own_host}),
      machine_(kernel_) {
    sink_.source(script_.name, script_.text);
    if (!script_.world.empty()) sink_.source(world_.name, world_.text);
}

RunResult Play::run() {
    play_program();
    result_.trace = sink_.take();
    result_.schedule = options_.schedule;
    return std::move(result_);
}

HostOptions Play::options_of(std::uint16_t source, std::string process) {
    return {.sandboxed = true,
            .seed = options_.seed,
            .source = source,
            .lines = options_.limits.lines,
            .coroutines = options_.limits.coroutines,
            .memory = most_memory,
            .output = most_output,
            .stack_bytes = options_.stack_bytes,
            .out = [this](std::string_view text) { out_(text); },
            .processes = this,
            .world = source == world_source ? this : nullptr,
            .failed =
                [this, process = std::move(process)](const ScriptError& error) {
                    const Host* host = sink_.host_of(Scheduler::current().kernel().trace_number());
                    if (host && !process.empty()) add(error_finding(error, *host, process));
                },
            .was_exhausted =
                [this] {
                    if (main_scheduler_) main_scheduler_->stop("a limit was reached");
                    kernel_.interrupt();
                }};
}

// -- the program -----------------------------------------------------------------------------------------------------

void Play::play_program() {
    Host host(script_, options_of(program_source, ""));
    if (auto finding = host.load()) return add(std::move(*finding));
    const Entered entered(sink_, 0, host);
    follow_schedule(host);
    SchedulerOptions scheduling{
        .sink = &sink_, .stack_bytes = options_.stack_bytes, .max_coroutines = options_.limits.coroutines};
    if (options_.limits.horizon) scheduling.horizon = Duration(*options_.limits.horizon);
    if (order_) scheduling.run_order = &*order_;
    const RunReport report = run_first([&host] { host.run_main(); }, scheduling);
    for (Finding& finding : findings_of(report, host, options_.limits)) add(std::move(finding));
    if (!order_) return;
    if (auto misfit = order_->misfit(script_)) add(std::move(*misfit));
}

/// One order for all processes of the run: of each choice its step says whose it is.
void Play::follow_schedule(Host& first) {
    if (options_.schedule.empty()) return;
    order_.emplace(options_.schedule, [this, &first](const Pick& pick) {
        const auto* chosen = std::get_if<NewSeed>(&pick.what);
        if (!chosen) return interfere(machine_, pick.what, [this] { look_whether_all_is_over(); });
        kernel_.reseed(chosen->seed);
        first.reseed(chosen->seed);
        return std::string();
    });
    sink_.tell(*order_);
}

RunReport Play::run_program(Callable program, std::function<void(std::string_view)> out) {
    out_ = std::move(out);
    return run_first(std::move(program), {.sink = &sink_});
}

RunReport Play::run_first(Callable program, const SchedulerOptions& options) {
    machine_.when_quiet([this] { stop_server(); });
    if (!script_.world.empty()) begin_world();
    Scheduler scheduler(kernel_, options);
    main_scheduler_ = &scheduler;
    RunReport report = scheduler.run(std::move(program), script_.name);
    main_scheduler_ = nullptr;
    return report;
}

void Play::add(Finding finding) {
    const bool is_known =
        std::ranges::any_of(result_.findings, [&](const Finding& known) { return known.report() == finding.report(); });
    if (!is_known && result_.findings.size() < most_findings) result_.findings.push_back(std::move(finding));
}

// -- processes -------------------------------------------------------------------------------------------------------

void Play::uses_machine() {
    if (!std::exchange(uses_machine_, true)) machine_.trace_to(sink_);
}

void Play::run(Kernel& own, SchedulerOptions options, const std::string& name, const Start& start) {
    Host host(start.source == world_source ? world_ : script_, options_of(start.source, name));
    if (auto finding = host.load()) return add(std::move(*finding));
    host.repeat_until(start);
    run_host(host, own, options, name);
}

void Play::run_host(Host& host, Kernel& own, SchedulerOptions options, const std::string& name) {
    options.sink = &sink_;
    options.stack_bytes = options_.stack_bytes;
    if (order_) options.run_order = &*order_;
    const Entered entered(sink_, own.trace_number(), host);
    Scheduler scheduler(own, options);
    const RunReport report = scheduler.run(
        [&] {
            host.run_main();
            if (host.repeats())
                throw std::runtime_error("the script took another way than in the process that started this one");
        },
        name);
    for (Finding& finding : findings_of_process(report, host, name)) add(std::move(finding));
}

// -- the world -------------------------------------------------------------------------------------------------------

/// Its script is a process of its own, which says what there is and acts at its moments. It comes first, so that the
/// program finds the other computers; whoever is on them begins when the program first waits, and so finds its server.
void Play::begin_world() {
    uses_machine();
    const auto directs = [this](Kernel& own) {
        Host host(world_, options_of(world_source, std::string(director)));
        if (auto finding = host.load()) return add(std::move(*finding));
        run_host(host, own, {}, std::string(director));
    };
    begin(acts_.emplace_back(Act{.name = std::string(director), .body = directs}), own_host);
    machine_.settle();
    for (Act& act : acts_)
        if (!act.process) begin(act, act.name);
}

void Play::describe(const std::string& host, const co::sim::HostOptions& options) {
    hosts_.insert(host);
    machine_.host(host, options);
}

void Play::start_in_world(const std::string& host, const Start& start) {
    if (!hosts_.contains(host)) describe(host, {.latency = usual_latency});
    acts_.push_back({.name = host, .body = [this, host, start](Kernel& own) { run(own, {}, host, start); }});
}

void Play::begin(Act& act, const std::string& host) {
    act.process = machine_.host(host).start_bare(act.name, [this, &act](Kernel& own) {
        act.number = own.trace_number();
        act.body(own);
        act.is_done = true;
        look_whether_all_is_over();
        return 0;
    });
}

bool Play::kill(const std::string& name) {
    const auto act = std::find_if(acts_.rbegin(), acts_.rend(), [&](const Act& one) { return one.name == name; });
    try {
        (act == acts_.rend() ? machine_.host(own_host).process(name) : *act->process).kill();
    } catch (const std::out_of_range&) {
        return false;
    }
    look_whether_all_is_over();
    return true;
}

// -- its end ---------------------------------------------------------------------------------------------------------

void Play::serves(Host&) {
    const std::uint32_t process = Scheduler::current().kernel().trace_number();
    for (Act& act : acts_) act.serves = act.serves || (process != 0 && act.number == process);
    is_over_ = is_over_ && process != 0;
    look_whether_all_is_over();
}

void Play::look_whether_all_is_over() {
    const bool acts_go_on = std::ranges::any_of(
        acts_, [](const Act& act) { return !act.is_done && !act.serves && (!act.process || act.process->is_alive()); });
    if (acts_go_on || std::exchange(is_over_, true)) return;
    machine_.when_quiet([this] { stop_server(); }, machine_.now().time_since_epoch() + after_the_last_act);
}

/// As its user's Ctrl-C would; whatever does not watch for that goes on.
void Play::stop_server() {
    const co::sim::Process program = machine_.host(own_host).process("main");
    if (program.watches(Signal::terminate)) program.send(Signal::terminate);
}

}  // namespace co::lessons
