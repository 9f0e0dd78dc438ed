// Engine: the heart of the simulated machine. One thread of the host computer stands for all simulated ones: each has a
// stack of its own, and runs until it waits; then the engine picks the next that can run, or moves the clock.
//
//     engine.after(5ms, [&] { arrive(packet); });
//     engine.hand_over(self);                      // comes back when somebody has woken `self`, or its alarm rang
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <co/callable.h>
#include <co/kernel.h>
#include <co/scheduler.h>

#include "chance.h"
#include "context.h"
#include "stack.h"
#include "timer_heap.h"

namespace co::sim {

struct Thread;

/// What stands in the engine's heap: a thread's alarm, or something that the machine does at that moment.
struct Alarm : TimerEntry {
    Thread* thread = nullptr;
    Callable action;
};

enum class ThreadState : std::uint8_t {
    runnable,  // running, or in the run queue
    waiting,   // until it is woken or its alarm rings
    held,      // until its alarm rings
    dead,      // its process ended; its stack is left as it stands until the machine is taken down
    ended,     // its body returned
};

/// One line of execution: what the engine needs to know of a simulated thread.
struct Strand {
    ThreadState state = ThreadState::runnable;
    Stack stack;                     // none for the driver: it runs on the stack of whoever made the machine
    Context context;                 // where it starts
    Context* parked_at = nullptr;    // where it goes on; null until it first hands over
    Scheduler* scheduler = nullptr;  // the current one there, kept while others run
    Alarm alarm;
    bool is_started = false;
    bool is_torn_down = false;  // it is to unwind, unseen, and do nothing else any more
};

class Engine {
  public:
    Engine(Chance& chance, std::size_t stack_bytes) : chance_(chance), stacks_(stack_bytes) {}
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    TimePoint now() const { return now_; }

    /// Does `action` at that moment. It must not wait.
    Alarm& at(TimePoint moment, Callable action);
    Alarm& after(Duration delay, Callable action) { return at(now_ + delay, std::move(action)); }
    /// What at() has set and has not done yet is not to be done.
    void call_off(Alarm& alarm);

    /// The thread that runs now, on the caller's own stack.
    void adopt(Thread& driver);
    void start(Thread& thread);
    void wake(Thread& thread);
    /// It never runs again, but to be torn down.
    void kill(Thread& thread);
    /// Wakes `thread` at that moment; TimePoint::max(): does not.
    void set_alarm(Thread& thread, TimePoint moment);
    void clear_alarm(Thread& thread);

    /// Lets others run, and time pass. Its caller has said by `state` for what it waits. Throws ProcessKilled when it
    /// comes back only to be torn down.
    void hand_over(Thread& self);
    /// Does what is due now. Cheap when nothing is.
    void catch_up();
    bool others_can_run() const { return !run_queue_.empty(); }
    /// Lets the machine run until `until`, or until nothing can happen any more. For the driver alone.
    void drive(TimePoint until);
    /// Does `action` once, when nothing can happen any more, or at that moment. It must not wait.
    void when_quiet(Callable action, TimePoint at_the_latest) {
        when_quiet_ = std::move(action);
        quiet_by_ = at_the_latest;
    }
    /// Nothing could ever happen again: why the driver came back from hand_over().
    bool is_stuck() const { return is_stuck_; }

    /// Lets all that are left on their stacks unwind, one after the other.
    void tear_down(const std::vector<Thread*>& left);

  private:
    static void entry(void* thread);
    Thread& next();
    bool advance();
    bool break_quiet();
    void ring(Alarm& alarm);
    void act(Callable action);
    void enter(Thread& thread);
    Context& place_of(Thread& thread);
    void free_ended();

    Chance& chance_;
    StackPool stacks_;
    TimePoint now_{};
    TimerHeap alarms_;
    std::deque<Alarm> actions_;  // all that were ever needed at once; those that are not set are in free_actions_
    std::vector<Alarm*> free_actions_;
    std::deque<Thread*> run_queue_;
    Thread* driver_ = nullptr;
    Thread* ended_ = nullptr;     // its stack is freed by whoever runs next
    std::exception_ptr problem_;  // what an action threw
    Callable when_quiet_;
    TimePoint quiet_by_ = TimePoint::max();
    bool is_stuck_ = false;
    bool is_driving_ = false;
    bool tears_down_ = false;
};

}  // namespace co::sim
