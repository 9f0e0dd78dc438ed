#include <co/children.h>

#include <map>
#include <optional>
#include <utility>

#include <co/coroutine.h>
#include <co/loop.h>

#include "tell.h"
#include "waiters.h"

namespace co {

/// Lives as long as the signal's callback does.
struct Children::State {
    std::map<ProcessId, std::optional<ProcessEnd>> known;  // without a value: it has not ended
    server::Waiters changes;
    bool is_watching = false;

    void reap() {
        Kernel& kernel = Scheduler::current().kernel();
        for (;;) {
            const auto ended = kernel.reap_child();
            if (!ended || !*ended) break;
            const auto found = known.find((*ended)->process);
            if (found != known.end()) found->second = **ended;
        }
        changes.wake_all();
    }
};

namespace {

int run_plainly(Kernel& own, trace::Sink* sink, const std::string& name, const std::function<void()>& main) {
    SchedulerOptions options;
    options.sink = sink;
    Scheduler scheduler(own, options);
    return scheduler.run(main, name).ok() ? 0 : 1;
}

}  // namespace

Children::Children() : state_(std::make_shared<State>()) {}
Children::~Children() = default;

Result<Child> Children::start(const std::string& name, Body body, const Runner& runner) {
    Scheduler& scheduler = Scheduler::current();
    Kernel& kernel = scheduler.kernel();
    if (!std::exchange(state_->is_watching, true)) process::signal(Signal::child, [state = state_] { state->reap(); });
    auto ends = kernel.open_socket_pair(SocketKind::unix_stream);
    if (!ends) return ends.error();
    Stream mine(ends->first);
    const Fd theirs = ends->second;
    auto started = kernel.spawn_process(
        name, [name, body = std::move(body), runner, mine = ends->first, theirs, sink = scheduler.sink()](Kernel& own) {
            static_cast<void>(own.close(mine));
            const auto main = [&] {
                Stream parent(theirs);
                body(parent);
            };
            return runner ? runner(own, name, main) : run_plainly(own, sink, name, main);
        });
    static_cast<void>(kernel.close(theirs));
    if (!started) return started.error();
    state_->known.emplace(*started, std::nullopt);
    return Child{*started, std::move(mine)};
}

Result<ProcessEnd> Children::wait(ProcessId child, Deadline deadline) {
    const auto state = state_;
    const Deadline moment = deadline.is_forever() ? deadline : Deadline(deadline.expiry(co::now()));
    for (;;) {
        const auto found = state->known.find(child);
        if (found == state->known.end()) return std::errc::no_child_process;
        if (found->second) {
            const ProcessEnd end = *found->second;
            state->known.erase(found);
            return end;
        }
        if (!moment.is_forever() && moment.expiry(co::now()) <= co::now()) return std::errc::timed_out;
        server::tell_pause();
        const WaitStatus status = state->changes.wait({.kind = WaitKind::none}, moment);
        if (status == WaitStatus::cancelled) return std::errc::operation_canceled;
    }
}

Result<void> Children::kill(ProcessId child, Signal signal) {
    const auto found = state_->known.find(child);
    if (found == state_->known.end() || found->second) return std::errc::no_such_process;
    return Scheduler::current().kernel().send_signal(child, signal);
}

}  // namespace co
