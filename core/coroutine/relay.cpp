#include <co/relay.h>

#include <algorithm>

#include "scheduler_impl.h"

namespace co {

Relay::~Relay() {
    if (next_ && Scheduler::current_or_null() == &scheduler_) scheduler_.impl_->destroy(*next_);
}

void Relay::start() {
    make_next();
    id_ = next_->id;
    leader_ = std::exchange(next_, nullptr);
    scheduler_.impl_->coroutines.insert(leader_);
    scheduler_.impl_->ready.push(*leader_);
}

[[gnu::hot]] void Relay::wake() {
    is_due_ = true;
    if (waits_ && leader_->status == CoroutineStatus::parked) scheduler_.wake(*leader_, WaitStatus::ok);
}

/// Nobody sees it before it leads.
void Relay::make_next() {
    Scheduler::Impl& impl = *scheduler_.impl_;
    next_ = &impl.create([this] { lead(); }, {.name = name_}, SourcePlace::here());
    impl.coroutines.erase(next_->id);
}

/// What each of its coroutines does: it leads; when it has lost the lead it is what it began, and ends with it.
void Relay::lead() {
    const auto held = held_();
    Scheduler::Impl& impl = *scheduler_.impl_;
    Coroutine& self = *scheduler_.running();
    if (leader_ == &self)
        impl.coroutines.erase(id_);  // listed while it waits: at work it is mostly somebody else
    else
        next_ = nullptr;
    leader_ = &self;
    has_begun_one_ = false;
    self.id = id_;
    for (;;) {
        is_due_ = false;
        const std::optional<TimePoint> until = work_();
        if (leader_ != &self) return;
        if (!until) break;
        wait(self, *until);
    }
    leader_ = nullptr;
    impl.coroutines.insert(&self);
}

void Relay::wait(Coroutine& self, TimePoint until) {
    Scheduler::Impl& impl = *scheduler_.impl_;
    self.called = {};
    impl.coroutines.insert(&self);
    waits_ = true;
    try {
        if (is_due_)
            impl.requeue(self, 0);  // others have their turn before
        else
            impl.park(self, {.kind = WaitKind::none}, until, nullptr);
    } catch (const Unwind&) {
        leader_ = nullptr;
        waits_ = false;
        throw;
    }
    waits_ = false;
    impl.coroutines.erase(id_);
}

/// The record of the one that leads becomes that of what it begins. Whoever waits goes back to its resumer, as from any
/// go(): and that is here the next one to lead.
[[gnu::hot]] bool Relay::go(std::string_view name, void (*call)(void*), void* what) {
    Scheduler::Impl& impl = *scheduler_.impl_;
    Coroutine& self = *leader_;
    if (!next_) [[unlikely]]
        make_next();
    impl.check_room();
    self.id = impl.next_coroutine++;
    self.parent = id_;
    self.nesting = 1;
    self.line = self.source = 0;
    self.resumer = next_;
    next_->status = CoroutineStatus::handed_off;
    self.called = name;
    impl.add(self);
    has_begun_one_ = true;
    impl.guard(self, [&] { call(what); });
    if (!self.deferred.empty()) [[unlikely]]
        impl.run_deferred(self);
    if (!self.locals.empty()) [[unlikely]]
        impl.drop_locals(self);
    if (!self.joiners.is_empty()) [[unlikely]]
        impl.tell_joiner(self);
    if (leader_ != &self) return false;
    has_begun_one_ = false;
    impl.coroutines.erase(self.id);
    self.id = id_;
    self.nesting = 0;
    self.resumer = nullptr;
    if (self.failure) [[unlikely]]
        self.failure.reset();
    return true;
}

}  // namespace co
