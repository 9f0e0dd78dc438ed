// Coroutine: what the scheduler knows of one coroutine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <co/callable.h>
#include <co/scheduler.h>

#include "context.h"
#include "timer_record.h"

namespace co {

/// Stands in the queue of a coroutine whose end somebody waits for, on the stack of the one that waits.
struct JoinNode : WaitNode {
    JoinNode(Coroutine* waiting, std::size_t& how_many) : WaitNode(waiting), left(how_many) {}
    std::size_t& left;  // of those it waits for
};

/// A coroutine's own value of a Local.
struct LocalValue {
    const void* key;
    void* value;
    void (*destroy)(void*);
};

enum class CoroutineStatus : std::uint8_t { ready, running, handed_off, parked };

class Coroutine {
  public:
    Coroutine(Scheduler& its_scheduler, const Stack& its_stack) : scheduler(&its_scheduler), stack(its_stack) {}

    // What each switch and each wait needs lies in neighbouring cache lines.
    Scheduler* scheduler;
    CoroutineId id = 0;
    std::uint32_t nesting = 0;  // length of the chain of resumers
    CoroutineStatus status = CoroutineStatus::ready;
    bool has_begun = false;
    std::uint16_t source = 0;  // where it is, as the probes last said
    std::uint32_t line = 0;
    Coroutine* resumer = nullptr;  // runs this one inside its go() or resume(); null: the loop does
    Coroutine* next_ready = nullptr;
    Timer* fired_by = nullptr;  // a tick, until it first waits or ends
    WaitNode* wait_node = nullptr;
    WaitPlace waits_at;
    Sleeper deadline{*this};
    Context context;

    Callable body;
    std::vector<Callable> deferred;
    std::vector<LocalValue> locals;
    WaitQueue joiners;                   // who waits for its end; at most one
    std::optional<std::string> failure;  // the first exception that nobody caught

    Stack stack;  // whole, this record included
    std::optional<CoroutineId> parent;
    SourcePlace started_at;
    std::string name;
    std::string_view called;  // a literal that counts instead of the name, for now; or empty

    /// What the wait that it is in will say.
    void answer(WaitStatus why) { context.answer = static_cast<Answer>(why); }
    /// Its name, or for one without a name where it was started: "main.cpp:12".
    std::string display_name() const;
    /// What it was, once it has ended: another one will be in its place, with its stack and its place in the heap.
    void forget() {
        parent.reset();
        called = {};
        status = CoroutineStatus::ready;
        has_begun = false;
        if (failure) [[unlikely]]
            failure.reset();
        if (deferred.capacity() + locals.capacity() > 0) [[unlikely]] {
            deferred.shrink_to_fit();
            locals.shrink_to_fit();
        }
        context = {};
        source = 0;
        line = 0;
    }
};

/// Ended ones whose records serve again: who ended last is still in the processor's cache.
class SpareCoroutines {
  public:
    bool is_empty() const { return last_ == nullptr; }
    std::size_t size() const { return size_; }
    void push(Coroutine& coroutine) {
        coroutine.next_ready = std::exchange(last_, &coroutine);
        ++size_;
    }
    Coroutine& pop() {
        --size_;
        return *std::exchange(last_, last_->next_ready);
    }

  private:
    Coroutine* last_ = nullptr;
    std::size_t size_ = 0;
};

/// First in, first out, through the coroutines themselves: no allocation.
class ReadyQueue {
  public:
    bool is_empty() const { return first_ == nullptr; }
    std::size_t size() const { return size_; }
    void push(Coroutine& coroutine) {
        coroutine.next_ready = nullptr;
        (last_ ? last_->next_ready : first_) = &coroutine;
        last_ = &coroutine;
        ++size_;
    }
    Coroutine& pop() {
        Coroutine& coroutine = *first_;
        first_ = coroutine.next_ready;
        if (!first_) last_ = nullptr;
        --size_;
        return coroutine;
    }
    /// The one at `position`; the others keep their order. Takes as long as the way there.
    Coroutine& take(std::size_t position) {
        if (position == 0) return pop();
        Coroutine* before = first_;
        while (--position > 0) before = before->next_ready;
        Coroutine& coroutine = *before->next_ready;
        before->next_ready = coroutine.next_ready;
        if (last_ == &coroutine) last_ = before;
        --size_;
        return coroutine;
    }
    template <typename Visit>
    void for_each(Visit visit) const {
        for (const Coroutine* coroutine = first_; coroutine; coroutine = coroutine->next_ready) visit(*coroutine);
    }

  private:
    Coroutine* first_ = nullptr;
    Coroutine* last_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace co
