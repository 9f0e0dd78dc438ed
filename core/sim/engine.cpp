#include "engine.h"

#include <algorithm>
#include <stdexcept>

#include "task.h"

namespace co::sim {

Alarm& Engine::at(TimePoint moment, Callable action) {
    if (free_actions_.empty()) free_actions_.push_back(&actions_.emplace_back());
    Alarm& alarm = *free_actions_.back();
    free_actions_.pop_back();
    alarm.action = std::move(action);
    alarms_.add(alarm, std::max(moment, now_));
    return alarm;
}

void Engine::call_off(Alarm& alarm) {
    alarms_.remove(alarm);
    free_actions_.push_back(&alarm);
    alarm.action = {};  // last: what it held may be all that keeps its owner
}

void Engine::adopt(Thread& driver) {
    driver_ = &driver;
    driver.strand.alarm.thread = &driver;
    driver.strand.is_started = true;
}

void Engine::start(Thread& thread) {
    thread.strand.alarm.thread = &thread;
    run_queue_.push_back(&thread);
}

void Engine::wake(Thread& thread) {
    if (thread.strand.state != ThreadState::waiting) return;
    thread.strand.state = ThreadState::runnable;
    run_queue_.push_back(&thread);
}

void Engine::kill(Thread& thread) {
    std::erase(run_queue_, &thread);
    clear_alarm(thread);
    if (thread.strand.state != ThreadState::ended) thread.strand.state = ThreadState::dead;
}

void Engine::set_alarm(Thread& thread, TimePoint moment) {
    if (moment != TimePoint::max()) alarms_.add(thread.strand.alarm, std::max(moment, now_));
}

void Engine::clear_alarm(Thread& thread) { alarms_.remove(thread.strand.alarm); }

void Engine::hand_over(Thread& self) {
    if (self.strand.is_torn_down) throw ProcessKilled{};
    if (self.strand.state == ThreadState::runnable) run_queue_.push_back(&self);
    self.strand.scheduler = Scheduler::exchange_current(nullptr);
    Thread& chosen = next();
    if (&chosen != &self) {
        Context here;
        self.strand.parked_at = &here;
        enter(chosen);
        switch_context(here, place_of(chosen));
        destroy_context(here);
        free_ended();
    }
    Scheduler::exchange_current(self.strand.scheduler);
    if (self.strand.is_torn_down) throw ProcessKilled{};
}

void Engine::catch_up() {
    while (TimerEntry* due = alarms_.pop_due(now_)) ring(static_cast<Alarm&>(*due));
}

/// Who runs next: one of those that can, chosen by the seed. Time passes while nobody can.
Thread& Engine::next() {
    if (tears_down_) return *driver_;
    catch_up();
    while (run_queue_.empty() && (advance() || break_quiet())) continue;
    is_stuck_ = run_queue_.empty();
    if (is_stuck_) wake(*driver_);
    auto chosen = run_queue_.begin() + static_cast<std::ptrdiff_t>(chance_.choose(run_queue_.size()));
    Thread& thread = **chosen;
    run_queue_.erase(chosen);
    return thread;
}

/// Moves the clock to what is due next. False when nothing is.
bool Engine::advance() {
    if (alarms_.is_empty()) return false;
    if (when_quiet_ && alarms_.next_deadline() > quiet_by_) {
        now_ = std::max(now_, quiet_by_);
        return break_quiet();
    }
    now_ = std::max(now_, alarms_.next_deadline());
    catch_up();
    return true;
}

/// Somebody wanted to know. False when nobody does.
bool Engine::break_quiet() {
    if (!when_quiet_) return false;
    act(std::exchange(when_quiet_, {}));
    return true;
}

void Engine::ring(Alarm& alarm) {
    if (Thread* thread = alarm.thread) {
        if (thread->strand.state == ThreadState::held) thread->strand.state = ThreadState::waiting;
        return wake(*thread);
    }
    Callable action = std::move(alarm.action);
    free_actions_.push_back(&alarm);
    act(std::move(action));
}

void Engine::act(Callable action) {
    try {
        action();
    } catch (...) {
        // It runs on some thread's stack: what it throws is the driver's business, and no thread's.
        if (!problem_) problem_ = std::current_exception();
    }
}

void Engine::drive(TimePoint until) {
    Thread& self = *driver_;
    if (std::exchange(is_driving_, true))
        throw std::logic_error("the machine runs already: act by at(), or afterwards");
    self.strand.state = ThreadState::waiting;
    set_alarm(self, until);
    hand_over(self);
    clear_alarm(self);
    is_driving_ = false;
    if (problem_) std::rethrow_exception(std::exchange(problem_, nullptr));
}

/// A thread's stack is mapped when it first runs.
void Engine::enter(Thread& thread) {
    Strand& strand = thread.strand;
    if (std::exchange(strand.is_started, true)) return;
    strand.stack = stacks_.take();
    make_context(strand.context, strand.stack, &Engine::entry, &thread);
}

Context& Engine::place_of(Thread& thread) {
    return thread.strand.parked_at ? *thread.strand.parked_at : thread.strand.context;
}

void Engine::free_ended() {
    Thread* gone = std::exchange(ended_, nullptr);
    if (!gone) return;
    destroy_context(gone->strand.context);
    stacks_.give_back(gone->strand.stack);
}

void Engine::entry(void* argument) {
    Thread& self = *static_cast<Thread*>(argument);
    Engine& engine = self.engine();
    engine.free_ended();
    self.run_body();
    self.strand.state = ThreadState::ended;
    Thread& chosen = engine.next();
    engine.enter(chosen);
    engine.ended_ = &self;
    leave_context(self.strand.context, engine.place_of(chosen));
}

void Engine::tear_down(const std::vector<Thread*>& left) {
    tears_down_ = true;
    Scheduler* before = Scheduler::exchange_current(nullptr);
    for (Thread* thread : left) {
        Strand& strand = thread->strand;
        if (thread == driver_ || !strand.is_started || strand.state == ThreadState::ended) continue;
        strand.is_torn_down = true;
        Context here;
        driver_->strand.parked_at = &here;
        switch_context(here, place_of(*thread));
        destroy_context(here);
        free_ended();
    }
    Scheduler::exchange_current(before);
}

}  // namespace co::sim
