#include <co/scheduler.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <stdexcept>

#include <co/run_order.h>
#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {
namespace {

using trace::EventKind;

// The one piece of mutable state that is not inside a Scheduler: which one runs on this thread.
thread_local Scheduler* scheduler_of_this_thread = nullptr;

constexpr std::uintptr_t record_alignment = 64;       // a cache line
constexpr std::size_t least_stack_bytes = 16 * 1024;  // the record, the entry and a little work

[[noreturn]] void misuse(const std::string& what) { throw std::logic_error(what); }

}  // namespace

// -- public: the run ---------------------------------------------------------------------------------------------

Scheduler::Scheduler(Kernel& kernel, SchedulerOptions options)
    : kernel_(kernel), sink_(options.sink), impl_(std::make_unique<Impl>(*this, options)) {}

Scheduler::~Scheduler() = default;

Scheduler::Impl::~Impl() {
    if (remote) remote->shut();
    destroy_context(loop);
}

RunReport Scheduler::run(Callable main, std::string name) {
    if (scheduler_of_this_thread) misuse("Scheduler::run() was called on a thread whose scheduler is running already");
    if (std::exchange(impl_->has_run, true)) misuse("Scheduler::run() was called twice: make a new Scheduler");
    scheduler_of_this_thread = this;
    Coroutine& first = impl_->create(std::move(main), {.name = std::move(name)}, SourcePlace());
    impl_->record(EventKind::start, &first, {.text = first.name});
    impl_->enter(first);
    impl_->run_loop();
    if (impl_->options.at_end == AtEnd::unwind)
        impl_->unwind_all();
    else
        impl_->abandon_all();
    impl_->descriptors.reset();
    scheduler_of_this_thread = nullptr;
    if (impl_->was_killed) throw ProcessKilled{};
    return std::move(impl_->report);
}

Scheduler* Scheduler::current_or_null() { return scheduler_of_this_thread; }

Scheduler* Scheduler::exchange_current(Scheduler* scheduler) {
    return std::exchange(scheduler_of_this_thread, scheduler);
}

Scheduler& Scheduler::current() {
    if (!scheduler_of_this_thread)
        misuse("there is no coroutine here: start one with co::run() and call this from inside it");
    return *scheduler_of_this_thread;
}

void Scheduler::stop(std::string why) {
    if (impl_->stopping) return;
    impl_->stopping = true;
    impl_->report.why_stopped = std::move(why);
}

bool Scheduler::is_stopping() const { return impl_->stopping || impl_->unwinding; }

// -- public: coroutines ------------------------------------------------------------------------------------------

CoroutineId Scheduler::go(Callable body, GoOptions options, SourcePlace where) {
    Coroutine& parent = *running();
    if (impl_->unwinding) throw Unwind{};
    if (parent.nesting + 1 >= impl_->options.max_nesting)
        misuse("go() within go() is nested " + std::to_string(impl_->options.max_nesting) +
               " deep: let the outer coroutines wait before they start more, or raise max_nesting");
    Coroutine& child = impl_->create(std::move(body), std::move(options), where);
    child.parent = parent.id;
    CoroutineId id = child.id;
    if (sink_) record(EventKind::go, {.object = id, .text = child.display_name()});
    impl_->enter(child);
    return id;
}

void Scheduler::resume(CoroutineId id) {
    Coroutine& self = *running();
    Coroutine* found = impl_->coroutines.find(id);
    if (!found) misuse("resume(" + std::to_string(id) + "): no such coroutine is alive");
    Coroutine& target = *found;
    if (target.status != CoroutineStatus::parked || target.waits_at.kind != WaitKind::resume)
        misuse("resume(" + std::to_string(id) + "): that coroutine does not wait in yield()");
    if (self.nesting + 1 >= impl_->options.max_nesting) misuse("resume() is nested too deep: see max_nesting");
    record(EventKind::resume, {.object = id});
    target.wake_status = WaitStatus::ok;
    impl_->enter(target);
}

WaitStatus Scheduler::yield() {
    running();
    record(EventKind::yield, {});
    return park({.kind = WaitKind::resume}, TimePoint::max(), nullptr);
}

WaitStatus Scheduler::sleep(Deadline deadline) {
    running();
    TimePoint start = now();
    TimePoint expiry = deadline.expiry(start);
    if (expiry > start) {
        record(EventKind::sleep, {.value = event_time(expiry)});
        WaitStatus status = park({.kind = WaitKind::sleep}, expiry, nullptr);
        return status == WaitStatus::timeout ? WaitStatus::ok : status;
    }
    return impl_->requeue(0);
}

WaitStatus Scheduler::cut(std::int64_t lines) {
    running();
    return impl_->requeue(lines);
}

void Scheduler::defer(Callable action) {
    Coroutine& self = *running();
    record(EventKind::defer, {});
    self.deferred.push_back(std::move(action));
}

CoroutineId Scheduler::id() const { return running()->id; }
std::optional<CoroutineId> Scheduler::parent_id() const { return running()->parent; }
bool Scheduler::exists(CoroutineId id) const { return impl_->coroutines.find(id) != nullptr; }

std::vector<CoroutineId> Scheduler::list() const {
    std::vector<CoroutineId> ids;
    impl_->coroutines.for_each([&](const Coroutine& coroutine) { ids.push_back(coroutine.id); });
    std::sort(ids.begin(), ids.end());
    return ids;
}

CoroutineStats Scheduler::stats() const {
    if (impl_->options.measures_stacks)
        impl_->coroutines.for_each([&](const Coroutine& coroutine) { impl_->measure(coroutine); });
    return {.alive = static_cast<std::uint32_t>(impl_->coroutines.size()),
            .peak = impl_->peak,
            .created = impl_->next_coroutine,
            .stack_bytes = impl_->options.stack_bytes,
            .deepest_stack_bytes = impl_->deepest_stack};
}

void Scheduler::change(const LimitChanges& changes) {
    SchedulerOptions& options = impl_->options;
    options.max_coroutines = changes.max_coroutines.value_or(options.max_coroutines);
    options.max_nesting = changes.max_nesting.value_or(options.max_nesting);
    options.stack_bytes = changes.stack_bytes.value_or(options.stack_bytes);
    impl_->usual_stacks = nullptr;
}

std::optional<StackOwner> Scheduler::running_stack() const {
    const Coroutine* self = impl_->running;
    if (!self) return std::nullopt;
    return StackOwner{self->id, self->stack.lowest, self->stack.bytes, self->started_at};
}

// -- public: for primitives --------------------------------------------------------------------------------------

Coroutine* Scheduler::running() const {
    if (!impl_->running) misuse("this may wait, so it must be called from inside a coroutine");
    return impl_->running;
}

WaitStatus Scheduler::park(const WaitPlace& place, TimePoint expiry, WaitNode* node) {
    Coroutine& self = *running();
    if (!impl_->unwinding) {
        self.waits_at = place;
        self.wait_node = node;
        if (self.status == CoroutineStatus::running) self.status = CoroutineStatus::parked;
        if (expiry != TimePoint::max()) impl_->heap.add(self.deadline, expiry);
        Context& next = impl_->next_after(self);
        if (&next != &self.context) {
            switch_context(self.context, next);
            impl_->after_switch();
        }
        self.waits_at = {};
        self.wait_node = nullptr;
    }
    if (!impl_->unwinding) return self.wake_status;
    for (; node; node = node->sibling) node->unlink();
    // A destructor that waits while an exception passes must not throw a second one.
    if (std::uncaught_exceptions() > 0) return WaitStatus::cancelled;
    throw Unwind{};
}

void Scheduler::wake(Coroutine& coroutine, WaitStatus reason) {
    impl_->make_ready(coroutine, reason);
    record(EventKind::ready, {.object = coroutine.id});
}

std::uint32_t Scheduler::next_channel_id() { return impl_->next_channel++; }
std::uint32_t Scheduler::next_group_id() { return impl_->next_group++; }
std::uint32_t Scheduler::next_gate_id() { return impl_->next_gate++; }
CoroutineId id_of(const Coroutine& coroutine) { return coroutine.id; }

// -- life of a coroutine -----------------------------------------------------------------------------------------

Coroutine& Scheduler::Impl::create(Callable body, GoOptions how, SourcePlace where) {
    if (coroutines.size() >= options.max_coroutines)
        throw std::length_error(std::to_string(coroutines.size()) +
                                " coroutines are alive: the limit, see max_coroutines");
    // The record lies at the top of the stack: no allocation of its own, and the page is touched anyway.
    Stack stack = stacks_for(how.stack_bytes).take();
    if (options.measures_stacks) discard(stack);
    auto address = reinterpret_cast<std::uintptr_t>(stack.top() - sizeof(Coroutine)) & ~(record_alignment - 1);
    auto* place = reinterpret_cast<std::byte*>(address);
    Coroutine& coroutine = *new (place) Coroutine;
    coroutine.stack = stack;
    coroutine.scheduler = &scheduler;
    coroutine.id = next_coroutine++;
    coroutine.name = std::move(how.name);
    coroutine.started_at = where;
    coroutine.body = std::move(body);
    coroutine.deadline.sleeper = &coroutine;
    make_context(coroutine.context, {stack.lowest, static_cast<std::size_t>(place - stack.lowest)}, &Impl::entry,
                 &coroutine);
    coroutines.insert(&coroutine);
    peak = std::max(peak, static_cast<std::uint32_t>(coroutines.size()));
    return coroutine;
}

void Scheduler::Impl::destroy(Coroutine& coroutine) {
    coroutines.erase(coroutine.id);
    destroy_context(coroutine.context);
    if (options.measures_stacks) measure(coroutine);
    Stack stack = coroutine.stack;
    coroutine.~Coroutine();
    stacks_for(stack.bytes).give_back(stack);
}

/// The pool of stacks of that size; 0: the usual size.
StackPool& Scheduler::Impl::stacks_for(std::size_t bytes) {
    if (!usual_stacks) {
        options.stack_bytes = whole_pages(std::max(options.stack_bytes, least_stack_bytes));
        usual_stacks = &stacks.try_emplace(options.stack_bytes, options.stack_bytes).first->second;
    }
    if (bytes == 0 || bytes == options.stack_bytes) return *usual_stacks;
    bytes = whole_pages(std::max(bytes, least_stack_bytes));
    return stacks.try_emplace(bytes, bytes).first->second;
}

/// A stack that was cleared before is used from its top down to its lowest byte that is not zero.
void Scheduler::Impl::measure(const Coroutine& coroutine) {
    deepest_stack = std::max(deepest_stack, used_bytes(coroutine.stack));
}

void Scheduler::Impl::entry(void* argument) {
    Coroutine& coroutine = *static_cast<Coroutine*>(argument);
    Impl& impl = *coroutine.scheduler->impl_;
    impl.after_switch();
    impl.run_body(coroutine);
    impl.ended = &coroutine;
    leave_context(coroutine.context, impl.next_after(coroutine));
}

void Scheduler::Impl::run_body(Coroutine& coroutine) {
    if (!unwinding) guard(coroutine, coroutine.body);
    std::uint32_t failed_line = coroutine.line;
    while (!coroutine.deferred.empty()) {
        Callable action = std::move(coroutine.deferred.back());
        coroutine.deferred.pop_back();
        record(EventKind::deferred, &coroutine, {});
        guard(coroutine, action);
    }
    coroutine.body.reset();
    drop_locals(coroutine);
    if (coroutine.failure) {
        coroutine.line = failed_line;
        record(EventKind::failed, &coroutine, {.text = *coroutine.failure});
    } else {
        record(EventKind::done, &coroutine, {});
    }
    tell_joiner(coroutine);
}

template <typename Action>
void Scheduler::Impl::guard(Coroutine& coroutine, Action&& action) {
    try {
        action();
    } catch (const Unwind&) {
        // The run has ended; what this coroutine held is destroyed by now.
    } catch (const ProcessKilled&) {
        killed();
    } catch (const std::exception& error) {
        fail(coroutine, error.what(), std::current_exception());
    } catch (...) {
        fail(coroutine, "an exception that is not a std::exception", std::current_exception());
    }
}

void Scheduler::Impl::fail(Coroutine& coroutine, std::string what, std::exception_ptr error) {
    report.failures.push_back(
        {coroutine.id, coroutine.display_name(), coroutine.started_at, coroutine.line, what, std::move(error)});
    if (!coroutine.failure) coroutine.failure = std::move(what);
}

/// To the back of the ready queue.
WaitStatus Scheduler::Impl::requeue(std::int64_t lines) {
    Coroutine& self = *running;
    record(EventKind::requeue, &self, {.value = lines});
    if (!unwinding) {
        self.status = CoroutineStatus::ready;
        self.wake_status = WaitStatus::ok;
        ready.push(self);
    }
    return scheduler.park({.kind = WaitKind::none}, TimePoint::max(), nullptr);
}

// -- switching ---------------------------------------------------------------------------------------------------

void Scheduler::Impl::enter(Coroutine& coroutine) {
    Context& from = running ? running->context : loop;
    coroutine.resumer = running;
    coroutine.nesting = running ? running->nesting + 1 : 0;
    if (running) running->status = CoroutineStatus::handed_off;
    coroutine.status = CoroutineStatus::running;
    running = &coroutine;
    switch_context(from, coroutine.context);
    after_switch();
}

/// Who runs after a coroutine that waits or ends: whoever ran it by go() or resume(); else the next ready one, without
/// a detour over the loop; else the loop.
Context& Scheduler::Impl::next_after(Coroutine& coroutine) {
    if (Timer* timer = std::exchange(coroutine.fired_by, nullptr)) {
        timer->firing = nullptr;
        keep_phase(*timer);
    }
    running = std::exchange(coroutine.resumer, nullptr);
    if (running) {
        running->status = CoroutineStatus::running;
        record(EventKind::back, running, {.object = coroutine.id});
        return running->context;
    }
    running = take_ready();
    return running ? running->context : loop;
}

/// The next coroutine of this turn, marked as running; null when the loop has something to do before.
Coroutine* Scheduler::Impl::take_ready() {
    if (stopping) return nullptr;
    if (turn_left == 0) {
        if (!in_turn || ready.is_empty() || phases_have_work()) return nullptr;
        turn_left = ready.size();  // the next turn, without a detour over the loop
    }
    --turn_left;
    ++ran;
    Coroutine& next = options.run_order ? take_chosen() : ready.pop();
    next.resumer = nullptr;
    next.nesting = 0;
    next.status = CoroutineStatus::running;
    record(EventKind::run, &next, {});
    return &next;
}

Coroutine& Scheduler::Impl::take_chosen() {
    std::vector<CoroutineId> ids;
    ids.reserve(ready.size());
    ready.for_each([&](const Coroutine& coroutine) { ids.push_back(coroutine.id); });
    return ready.take(std::min(options.run_order->next(ids), ids.size() - 1));
}

void Scheduler::Impl::after_switch() {
    if (Coroutine* gone = std::exchange(ended, nullptr)) destroy(*gone);
}

void Scheduler::Impl::make_ready(Coroutine& coroutine, WaitStatus reason) {
    for (WaitNode* node = coroutine.wait_node; node; node = node->sibling) node->unlink();
    heap.remove(coroutine.deadline);
    coroutine.wake_status = reason;
    coroutine.status = CoroutineStatus::ready;
    ready.push(coroutine);
}

}  // namespace co
