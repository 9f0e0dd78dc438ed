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

constexpr std::uintptr_t record_alignment = 64;       // a cache line
constexpr std::size_t most_spares = 64;               // as many as come and go in one turn, not as many as ever were
constexpr std::size_t least_stack_bytes = 16 * 1024;  // the record, the entry and a little work

/// What a record leaves of its stack.
Stack stack_below(Coroutine& coroutine) {
    std::byte* const lowest = coroutine.stack.lowest;
    return {lowest, static_cast<std::size_t>(reinterpret_cast<std::byte*>(&coroutine) - lowest)};
}

// Out of the way of what is called often: the words are put together only when they are needed.
[[noreturn, gnu::cold, gnu::noinline]] void misuse(const char* what) { throw std::logic_error(what); }

[[noreturn, gnu::cold, gnu::noinline]] void nested_too_deep(std::uint32_t limit) {
    throw std::logic_error("go() within go() is nested " + std::to_string(limit) +
                           " deep: let the outer coroutines wait before they start more, or raise max_nesting");
}

[[noreturn, gnu::cold, gnu::noinline]] void cannot_resume(CoroutineId id, const char* why) {
    throw std::logic_error("resume(" + std::to_string(id) + "): " + why);
}

}  // namespace

constinit thread_local Scheduler* Scheduler::scheduler_of_this_thread = nullptr;

// -- public: the run ---------------------------------------------------------------------------------------------

Scheduler::Scheduler(Kernel& kernel, SchedulerOptions options)
    : kernel_(kernel), sink_(options.sink), clock_is_costly_(kernel), impl_(std::make_unique<Impl>(*this, options)) {}

Scheduler::~Scheduler() = default;

Scheduler::Impl::~Impl() {
    if (remote) remote->shut();
    free_spares();
    destroy_context(loop);
}

RunReport Scheduler::run(Callable main, std::string name) {
    if (scheduler_of_this_thread) misuse("Scheduler::run() was called on a thread whose scheduler is running already");
    if (std::exchange(impl_->has_run, true)) misuse("Scheduler::run() was called twice: make a new Scheduler");
    scheduler_of_this_thread = this;
    turn_began_ = now();
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

Scheduler* Scheduler::exchange_current(Scheduler* scheduler) {
    return std::exchange(scheduler_of_this_thread, scheduler);
}

Scheduler& Scheduler::nowhere() {
    misuse("there is no coroutine here: start one with co::run() and call this from inside it");
}

Coroutine* Scheduler::outside() { misuse("this may wait, so it must be called from inside a coroutine"); }

void Scheduler::stop(std::string why) {
    if (impl_->stopping) return;
    impl_->stopping = true;
    impl_->report.why_stopped = std::move(why);
}

bool Scheduler::is_stopping() const { return impl_->stopping || impl_->unwinding; }

// -- public: coroutines ------------------------------------------------------------------------------------------

[[gnu::hot]] CoroutineId Scheduler::go(Callable body, GoOptions options, SourcePlace where) {
    Coroutine& parent = *running();
    if (impl_->unwinding) throw Unwind{};
    if (parent.nesting + 1 >= impl_->options.max_nesting) nested_too_deep(impl_->options.max_nesting);
    Coroutine& child = impl_->create(std::move(body), std::move(options), where);
    child.parent = parent.id;
    if (traces()) [[unlikely]]
        impl_->record_go(child);
    parent.context.answer = child.id;  // what this call returns, when the child first waits or ends
    return impl_->enter(child);
}

void Scheduler::resume(CoroutineId id) {
    Coroutine& self = *running();
    Coroutine* target = impl_->coroutines.find(id);
    if (!target) cannot_resume(id, "no such coroutine is alive");
    if (target->status != CoroutineStatus::parked || target->waits_at.kind != WaitKind::resume)
        cannot_resume(id, "that coroutine does not wait in yield()");
    if (self.nesting + 1 >= impl_->options.max_nesting) cannot_resume(id, "nested too deep, see max_nesting");
    record(EventKind::resume, {.object = id});
    target->answer(WaitStatus::ok);
    impl_->enter(*target);
}

WaitStatus Scheduler::yield() {
    record(EventKind::yield, {});
    return impl_->park(*running(), {.kind = WaitKind::resume}, TimePoint::max(), nullptr);
}

WaitStatus Scheduler::sleep(Deadline deadline) {
    Coroutine& self = *running();
    if (std::optional<TimePoint> expiry = wait_until(deadline)) {
        record(EventKind::sleep, {.value = event_time(*expiry)});
        return impl_->park(self, {.kind = WaitKind::sleep}, *expiry, nullptr);
    }
    return impl_->requeue(self, 0);
}

WaitStatus Scheduler::cut(std::int64_t lines) { return impl_->requeue(*running(), lines); }

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
    impl_->free_ended();
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
    impl_->free_spares();  // of the old size, perhaps
    options.max_coroutines = changes.max_coroutines.value_or(options.max_coroutines);
    options.max_nesting = changes.max_nesting.value_or(options.max_nesting);
    options.stack_bytes = changes.stack_bytes.value_or(options.stack_bytes);
    impl_->usual_stacks = nullptr;
}

std::optional<StackOwner> Scheduler::running_stack() const {
    const Coroutine* self = running_;
    if (!self) return std::nullopt;
    return StackOwner{self->id, self->stack.lowest, self->stack.bytes, self->started_at};
}

void Scheduler::attach(const void* key, void* what) {
    std::erase_if(attached_, [key](const auto& entry) { return entry.first == key; });
    if (what) attached_.emplace_back(key, what);
}

void* Scheduler::attached(const void* key) const {
    for (const auto& [its_key, what] : attached_)
        if (its_key == key) return what;
    return nullptr;
}

// -- public: for primitives --------------------------------------------------------------------------------------

[[gnu::hot]] WaitStatus Scheduler::park(const WaitPlace& place, TimePoint expiry, WaitNode* node) {
    return impl_->park(*running(), place, expiry, node);
}

[[gnu::hot]] void Scheduler::wake(Coroutine& coroutine, WaitStatus reason) {
    impl_->make_ready(coroutine, reason);
    if (traces()) [[unlikely]]
        record(EventKind::ready, {.object = coroutine.id});
}

std::uint32_t Scheduler::next_channel_id() { return impl_->next_channel++; }
std::uint32_t Scheduler::next_group_id() { return impl_->next_group++; }
std::uint32_t Scheduler::next_gate_id() { return impl_->next_gate++; }
std::uint32_t Scheduler::next_shared_id() {
    constexpr std::uint32_t of_a_process = 1u << 20;
    return kernel_.trace_number() * of_a_process + impl_->next_shared++;
}
std::uint32_t Scheduler::line() const { return running()->line; }
CoroutineId id_of(const Coroutine& coroutine) { return coroutine.id; }

// -- life of a coroutine -----------------------------------------------------------------------------------------

[[gnu::hot]] Coroutine& Scheduler::Impl::create(Callable&& body, GoOptions&& how, const SourcePlace& where) {
    check_room();
    free_ended();
    Coroutine& coroutine = how.stack_bytes == 0 && !spares.is_empty() ? spares.pop() : new_record(how.stack_bytes);
    coroutine.body = std::move(body);
    coroutine.name = std::move(how.name);
    coroutine.id = next_coroutine++;
    coroutine.started_at = where;
    make_context(coroutine.context, stack_below(coroutine), &Impl::entry, &coroutine);
    add(coroutine);
    return coroutine;
}

void Scheduler::Impl::too_many() const {
    throw std::length_error(std::to_string(coroutines.size()) + " coroutines are alive: the limit, see max_coroutines");
}

/// The record lies at the top of the stack: no allocation of its own, and the page is touched anyway.
Coroutine& Scheduler::Impl::new_record(std::size_t stack_bytes) {
    Stack stack = stacks_for(stack_bytes).take();
    if (options.measures_stacks) discard(stack);
    const auto address = reinterpret_cast<std::uintptr_t>(stack.top() - sizeof(Coroutine)) & ~(record_alignment - 1);
    return *new (reinterpret_cast<std::byte*>(address)) Coroutine(scheduler, stack);
}

/// Its stack is in use until somebody else runs.
[[gnu::hot]] void Scheduler::Impl::retire(Coroutine& coroutine) {
    coroutines.erase(coroutine.id);
    free_ended();
    ended = &coroutine;
}

void Scheduler::Impl::free_ended() {
    if (Coroutine* gone = std::exchange(ended, nullptr)) destroy(*gone);
}

[[gnu::hot]] void Scheduler::Impl::destroy(Coroutine& coroutine) {
    destroy_context(coroutine.context);
    if (options.measures_stacks) measure(coroutine);
    if (may_serve_again(coroutine)) {
        coroutine.forget();
        return spares.push(coroutine);
    }
    free_record(coroutine);
}

/// A few, of the usual size. A stack that is measured goes through the pool: it has to read as zero when it is taken.
bool Scheduler::Impl::may_serve_again(const Coroutine& coroutine) const {
    return !unwinding && !options.measures_stacks && spares.size() < most_spares &&
           coroutine.stack.bytes == options.stack_bytes;
}

void Scheduler::Impl::free_record(Coroutine& coroutine) {
    heap.remove(coroutine.deadline);
    Stack stack = coroutine.stack;
    coroutine.~Coroutine();
    stacks_for(stack.bytes).give_back(stack);
}

void Scheduler::Impl::free_spares() {
    while (!spares.is_empty()) free_record(spares.pop());
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

[[gnu::hot]] void Scheduler::Impl::entry(void* argument) {
    Coroutine& coroutine = *static_cast<Coroutine*>(argument);
    Impl& impl = *coroutine.scheduler->impl_;
    coroutine.has_begun = true;
    impl.run_body(coroutine);
    impl.retire(coroutine);
    leave_context(coroutine.context, impl.next_after(coroutine));
}

[[gnu::hot]] void Scheduler::Impl::run_body(Coroutine& coroutine) {
    if (!unwinding) guard(coroutine, coroutine.body);
    std::uint32_t failed_line = coroutine.line;
    if (!coroutine.deferred.empty()) run_deferred(coroutine);
    coroutine.body.reset();
    if (!coroutine.locals.empty()) drop_locals(coroutine);
    if (coroutine.failure) [[unlikely]] {
        coroutine.line = failed_line;
        record(EventKind::failed, &coroutine, {.text = *coroutine.failure});
    } else if (scheduler.traces()) [[unlikely]] {
        record(EventKind::done, &coroutine, {});
    }
    if (!coroutine.joiners.is_empty()) tell_joiner(coroutine);
}

void Scheduler::Impl::run_deferred(Coroutine& coroutine) {
    while (!coroutine.deferred.empty()) {
        Callable action = std::move(coroutine.deferred.back());
        coroutine.deferred.pop_back();
        record(EventKind::deferred, &coroutine, {});
        guard(coroutine, action);
    }
}

void Scheduler::Impl::fail(Coroutine& coroutine, std::string what, std::exception_ptr error) {
    report.failures.push_back(
        {coroutine.id, coroutine.display_name(), coroutine.started_at, coroutine.line, what, std::move(error)});
    if (!coroutine.failure) coroutine.failure = std::move(what);
}

// -- switching ---------------------------------------------------------------------------------------------------
// Nothing is done after a switch, only before it: see switch_context() for why.

/// Runs `coroutine` until it waits or ends.
[[gnu::hot]] Answer Scheduler::Impl::enter(Coroutine& coroutine) {
    Coroutine* self = scheduler.running_;
    coroutine.resumer = self;
    coroutine.nesting = self ? self->nesting + 1 : 0;
    if (self) self->status = CoroutineStatus::handed_off;
    coroutine.status = CoroutineStatus::running;
    scheduler.running_ = &coroutine;
    return switch_context(self ? self->context : loop, coroutine.context);
}

[[gnu::hot]] WaitStatus Scheduler::Impl::park(Coroutine& self, const WaitPlace& place, TimePoint expiry,
                                              WaitNode* node) {
    if (unwinding) [[unlikely]]
        return unwound(node);
    self.waits_at = place;
    self.wait_node = node;
    self.status = CoroutineStatus::parked;
    if (expiry != TimePoint::max()) heap.set(self.deadline, expiry);
    return leave(self);
}

/// To the back of the ready queue.
WaitStatus Scheduler::Impl::requeue(Coroutine& self, std::int64_t lines) {
    if (scheduler.traces()) [[unlikely]]
        record(EventKind::requeue, &self, {.value = lines});
    if (unwinding) [[unlikely]]
        return unwound(nullptr);
    self.status = CoroutineStatus::ready;
    self.answer(WaitStatus::ok);
    ready.push(self);
    return leave(self);
}

/// Runs whoever is next; returns when `self` runs again.
[[gnu::hot]] WaitStatus Scheduler::Impl::leave(Coroutine& self) {
    Context& next = next_after(self);
    if (&next == &self.context) return WaitStatus{self.context.answer};
    return WaitStatus{switch_context(self.context, next)};
}

/// How a wait ends when the run has ended.
WaitStatus Scheduler::Impl::unwound(WaitNode* node) {
    for (; node; node = node->sibling) node->unlink();
    // A destructor that waits while an exception passes must not throw a second one.
    if (std::uncaught_exceptions() > 0) return WaitStatus::cancelled;
    throw Unwind{};
}

Answer Scheduler::Impl::unwind_here(Context& context) {
    return static_cast<Answer>(unwound(static_cast<Coroutine*>(context.argument)->wait_node));
}

/// Who runs after a coroutine that waits or ends: whoever ran it by go() or resume(); else the next ready one, without
/// a detour over the loop; else the loop.
[[gnu::hot]] Context& Scheduler::Impl::next_after(Coroutine& coroutine) {
    if (Timer* tick = std::exchange(coroutine.fired_by, nullptr)) [[unlikely]]
        keep_phase(*tick);
    Coroutine* next = std::exchange(coroutine.resumer, nullptr);
    if (next) {
        next->status = CoroutineStatus::running;
        if (scheduler.traces()) [[unlikely]]
            record(EventKind::back, next, {.object = coroutine.id});
    } else {
        next = take_ready();
    }
    scheduler.running_ = next;
    return next ? next->context : loop;
}

/// The next coroutine of this turn, marked as running; null when the loop has something to do before.
[[gnu::hot]] Coroutine* Scheduler::Impl::take_ready() {
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
    if (scheduler.traces()) [[unlikely]]
        record(EventKind::run, &next, {});
    return &next;
}

Coroutine& Scheduler::Impl::take_chosen() {
    std::vector<CoroutineId> ids;
    ids.reserve(ready.size());
    ready.for_each([&](const Coroutine& coroutine) { ids.push_back(coroutine.id); });
    return ready.take(std::min(options.run_order->next(ids), ids.size() - 1));
}

[[gnu::hot]] void Scheduler::Impl::make_ready(Coroutine& coroutine, WaitStatus reason) {
    for (WaitNode* node = std::exchange(coroutine.wait_node, nullptr); node; node = node->sibling) node->unlink();
    heap.rest(coroutine.deadline);
    coroutine.answer(reason);
    coroutine.status = CoroutineStatus::ready;
    ready.push(coroutine);
}

}  // namespace co
