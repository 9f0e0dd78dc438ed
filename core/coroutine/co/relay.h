// Relay: one work for a row of coroutines, of which one leads at a time: it does what there is to do, and waits for
// more. What it begins by the way has a coroutine of its own, but no stack and no switch as long as it does not wait:
// it runs on the stack of the one who leads. If it does wait, that stack is its own from then on, and the next
// coroutine leads.
//
//     std::vector<co::Callable> due;
//     std::unique_ptr<co::Relay> relay;
//     auto serve_all = [&]() -> std::optional<co::TimePoint> {
//         while (!due.empty()) {
//             co::Callable request = std::move(due.back());
//             due.pop_back();
//             if (!relay->go("request", request)) return expiry;    // it waited, so another one leads by now
//         }
//         return co::TimePoint::max();
//     };
//     relay = std::make_unique<co::Relay>("desk", serve_all, [] { return nullptr; });
//     relay->start();
//     due.push_back([] { greet("Ada"); });
//     relay->wake();
//
// For a server whose handlers seldom wait. What a relay begins is not in a trace: so not for a run that is traced. Used
// from the thread of the scheduler that it was made on.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <co/scheduler.h>

namespace co {

class Relay {
  public:
    /// Does what there is to do, and returns until when there may be nothing more: it is called again then, or after
    /// wake(); nothing: the relay is over. What is left to do must be noted before each go(), for the next one that
    /// leads calls this from the start; whoever led until then has to return at once. Must neither wait nor throw.
    using Work = std::function<std::optional<TimePoint>()>;
    /// What its coroutines hold while they run: the relay itself must be part of it.
    using Held = std::function<std::shared_ptr<void>()>;

    /// `name`: of the one that leads, while it waits.
    Relay(std::string name, Work work, Held held)
        : scheduler_(Scheduler::current()), name_(std::move(name)), work_(std::move(work)), held_(std::move(held)) {}
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay();

    /// The first one leads from now on: the work is called soon. Once. Throws what co::go() does.
    void start();
    /// There is something to do: the work is called, or called again when the others that are ready have had their
    /// turn. Never parks; nothing happens when the relay is over.
    void wake();
    /// Whether the running coroutine leads, and has begun nothing that runs.
    bool leads() const { return leader_ && leader_ == scheduler_.running_ && !has_begun_one_; }
    /// What co::go(name, body) does, for the one that leads. Whether it still does: false when `body` had to wait; it
    /// has come to its end by now, perhaps long after. `name`: a literal. Throws std::length_error when there are as
    /// many coroutines as allowed.
    template <typename Body>
    bool go(std::string_view name, Body& body) {
        return go(
            name, [](void* what) { (*static_cast<Body*>(what))(); }, &body);
    }

  private:
    bool go(std::string_view name, void (*call)(void*), void* what);
    void lead();
    void wait(Coroutine& self, TimePoint until);
    [[gnu::noinline]] void make_next();

    Scheduler& scheduler_;
    std::string name_;
    Work work_;
    Held held_;
    CoroutineId id_ = 0;  // of whoever leads
    Coroutine* leader_ = nullptr;
    Coroutine* next_ = nullptr;   // has not begun; it leads as soon as the leader waits in what it began
    bool has_begun_one_ = false;  // the leader, and it runs
    bool waits_ = false;          // the leader, for something to do
    bool is_due_ = false;         // wake() was called since the work was
};

}  // namespace co
