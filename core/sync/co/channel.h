// Channel: a queue between coroutines that knows how to wait.
//
//     co::Channel<std::string> results(2);                 // two seats
//     co::go([&] { results.push("tea"); });
//     if (auto drink = results.pop(1s)) drink_up(*drink);  // a value …
//     else if (drink.status() == co::ChannelStatus::closed) go_home();   // … or why not
//
// push() never switches: when a consumer waits it is handed the value and made ready, and the pusher goes on. Waiters
// are served first come, first served; a value that has a seat is never overtaken. For the coroutines of one thread.
// Called from inside a coroutine. (Tutorial 1.3.14; docs/scheduler.md.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <co/deadline.h>
#include <co/probe.h>
#include <co/scheduler.h>
#include <co/wait_queue.h>

namespace co {

enum class ChannelStatus : std::uint8_t { ok, timeout, closed, cancelled };

/// "ok", "timeout", "closed", "cancelled".
std::string_view name(ChannelStatus status);

struct ChannelStats {
    std::size_t consumers = 0;  // parked in pop()
    std::size_t producers = 0;  // parked in push()
    std::size_t length = 0;
};

/// A value, or why there is none.
template <typename T>
class [[nodiscard]] Popped {
  public:
    Popped(T value) : value_(std::move(value)) {}
    Popped(ChannelStatus why_not) : status_(why_not) {}

    explicit operator bool() const { return value_.has_value(); }
    ChannelStatus status() const { return status_; }
    /// Throws std::bad_optional_access when there is none.
    T& operator*() & { return value_.value(); }
    const T& operator*() const& { return value_.value(); }
    T operator*() && { return std::move(value_).value(); }
    T* operator->() { return &value_.value(); }
    T value_or(T other) && { return std::move(value_).value_or(std::move(other)); }

  private:
    std::optional<T> value_;
    ChannelStatus status_ = ChannelStatus::ok;
};

/// What channels of every type share: who waits, whether it is open, what the trace is told.
class ChannelBase {
  public:
    ChannelBase(const ChannelBase&) = delete;
    ChannelBase& operator=(const ChannelBase&) = delete;

    std::size_t capacity() const { return capacity_; }
    bool is_closed() const { return is_closed_; }
    /// Its number in traces, from 1.
    std::uint32_t number() const { return number_; }
    const std::string& name() const { return name_; }

    /// Parked producers and consumers, and later calls of push(), get `closed`; values that have seats can still be
    /// popped, in order. Closing twice does nothing more.
    void close();

  protected:
    struct Waiter : WaitNode {
        using WaitNode::WaitNode;
        ChannelStatus status = ChannelStatus::timeout;  // the partner that wakes it says otherwise
    };

    ChannelBase(std::size_t capacity, std::string name);
    ~ChannelBase() { wake_all(); }

    /// Parks the running coroutine in `queue`; says how the wait ended. Does not touch the channel afterwards: it may
    /// be gone. (Here for the sake of speed, as wake(): see switch_context().)
    ChannelStatus wait_in(WaitQueue& queue, WaitKind kind, TimePoint expiry, Waiter& waiter) {
        queue.push_back(waiter);
        WaitStatus reason = scheduler_.park({.kind = kind, .object = number_, .name = name_}, expiry, &waiter);
        return reason == WaitStatus::cancelled ? ChannelStatus::cancelled : waiter.status;
    }
    void wake(Waiter& waiter, ChannelStatus status) {
        waiter.status = status;
        scheduler_.wake(*waiter.coroutine, WaitStatus::ok);
    }
    void wake_all();
    ChannelStatus refuse(trace::EventKind kind, ChannelStatus why) const;
    static CoroutineId id_of(const Waiter* waiter) { return waiter ? co::id_of(*waiter->coroutine) : trace::nobody; }

    Scheduler& scheduler_;
    WaitQueue producers_;
    WaitQueue consumers_;

  private:
    std::string name_;
    std::size_t capacity_;
    std::uint32_t number_;
    bool is_closed_ = false;
};

template <typename T>
class Channel : public ChannelBase {
  public:
    /// `capacity` seats; 0 acts as 1. The name is for reports and the studio.
    explicit Channel(std::size_t capacity = 1, std::string name = {}) : ChannelBase(capacity, std::move(name)) {}

    /// Gives `value` to the first waiting consumer, else a free seat, else waits for one. The value is lost when the
    /// status is not ok.
    ChannelStatus push(T value, Deadline deadline = forever);

    /// The first value; waits for one when there is none. `closed` only when it is closed and empty.
    Popped<T> pop(Deadline deadline = forever);

    /// A case of select() (co/select.h).
    template <typename Handler>
    auto on_pop(Handler handler);
    template <typename Handler>
    auto on_push(T value, Handler handler);

    std::size_t length() const { return seats_.size(); }
    bool is_empty() const { return seats_.empty(); }
    bool is_full() const { return seats_.size() >= capacity(); }
    ChannelStats stats() const { return {consumers_.size(), producers_.size(), seats_.size()}; }

  private:
    template <typename, typename>
    friend class PopCase;
    template <typename, typename>
    friend class PushCase;

    struct Producer : Waiter {
        Producer(Coroutine* self, T offered) : Waiter(self), value(std::move(offered)) {}
        T value;
    };
    struct Consumer : Waiter {
        using Waiter::Waiter;
        std::optional<T> value;

        Popped<T> popped() && {
            if (this->status != ChannelStatus::ok) return this->status;
            return std::move(*value);
        }
    };

    WaitNode& wait_to_pop(Consumer& consumer) {
        consumers_.push_back(consumer);
        return consumer;
    }
    WaitNode& wait_to_push(Producer& producer) {
        producers_.push_back(producer);
        return producer;
    }
    bool can_take() const { return !is_full() || !consumers_.is_empty(); }

    void record(trace::EventKind kind, const T& value, const Waiter* partner, TimePoint until = {}) {
        if (scheduler_.traces()) [[unlikely]]
            record_words(kind, value, partner, until);
    }
    [[gnu::cold, gnu::noinline]] void record_words(trace::EventKind kind, const T& value, const Waiter* partner,
                                                   TimePoint until) {
        std::string text = describe(value);
        scheduler_.record(
            kind, {.object = number_of_this(), .other = id_of(partner), .value = event_time(until), .text = text});
    }
    std::uint32_t number_of_this() const { return ChannelBase::number(); }

    std::deque<T> seats_;
};

template <typename T>
ChannelStatus Channel<T>::push(T value, Deadline deadline) {
    using trace::EventKind;
    Coroutine* self = scheduler_.running();
    if (is_closed()) return refuse(EventKind::push_failed, ChannelStatus::closed);
    if (auto* consumer = static_cast<Consumer*>(consumers_.front())) {
        record(EventKind::push, value, consumer);
        consumer->value = std::move(value);
        wake(*consumer, ChannelStatus::ok);
        return ChannelStatus::ok;
    }
    if (!is_full()) {
        record(EventKind::push, value, nullptr);
        seats_.push_back(std::move(value));
        return ChannelStatus::ok;
    }
    std::optional<TimePoint> expiry = scheduler_.wait_until(deadline);
    if (!expiry) return refuse(EventKind::push_failed, ChannelStatus::timeout);
    Producer producer(self, std::move(value));
    record(EventKind::push_wait, producer.value, nullptr, *expiry);
    return wait_in(producers_, WaitKind::push, *expiry, producer);
}

template <typename T>
Popped<T> Channel<T>::pop(Deadline deadline) {
    using trace::EventKind;
    Coroutine* self = scheduler_.running();
    if (!seats_.empty()) {
        T value = std::move(seats_.front());
        seats_.pop_front();
        auto* producer = static_cast<Producer*>(producers_.front());
        record(EventKind::pop, value, producer);
        if (producer) {
            seats_.push_back(std::move(producer->value));
            wake(*producer, ChannelStatus::ok);
        }
        return value;
    }
    if (is_closed()) return refuse(EventKind::pop_failed, ChannelStatus::closed);
    std::optional<TimePoint> expiry = scheduler_.wait_until(deadline);
    if (!expiry) return refuse(EventKind::pop_failed, ChannelStatus::timeout);
    Consumer consumer(self);
    if (scheduler_.traces()) [[unlikely]]
        scheduler_.record(EventKind::pop_wait, {.object = number_of_this(), .value = event_time(*expiry)});
    consumer.status = wait_in(consumers_, WaitKind::pop, *expiry, consumer);
    return std::move(consumer).popped();
}

}  // namespace co
