// select: wait at several channels at once; the first that can go on does, and only that one.
//
//     switch (co::select(jobs.on_pop([&](Job job) { work(job); }),
//                        quit.on_pop([&](int) { stop(); }),
//                        500ms)) {
//         case 0: break;               // jobs
//         case 1: return;              // quit
//         case 2: give_up();           // half a second has passed
//     }
//
// The answer is the position of the argument that won. Among several that can go on at once the kernel chooses: the
// first on a real machine and for seed 0, else by the seed. A closed channel can go on: its handler is called with a
// Popped that says so, or not at all when it takes a plain value. Handlers run before select() returns, in this
// coroutine, and may wait. Called from inside a coroutine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <co/channel.h>

namespace co {

/// The answer when the coroutine was cancelled while it waited.
inline constexpr std::size_t select_cancelled = SIZE_MAX;

/// One case of a select, whatever its type.
class SelectCase {
  public:
    /// Goes on at once, if it can.
    virtual bool can_go_on() const = 0;
    virtual void go_on_now() = 0;
    /// Stands in its channel's queue until somebody ends the wait.
    virtual WaitNode& enqueue(Coroutine* self) = 0;
    /// Whether it was this case that ended the wait.
    virtual bool was_served() const = 0;
    /// Calls the handler.
    virtual void finish() = 0;
    /// "pop on jobs", for reports; and what the trace is told of a case that waits.
    virtual Scheduler::Probe probe(std::string& text) const = 0;

  protected:
    ~SelectCase() = default;
};

/// Does what select() does, for cases in an array: for interpreters. The position of the case, cases.size() when
/// the deadline passed, or select_cancelled.
std::size_t select_among(std::span<SelectCase* const> cases, Deadline deadline);

template <typename T, typename Handler>
class PopCase final : public SelectCase {
  public:
    PopCase(Channel<T>& channel, Handler handler) : channel_(channel), handler_(std::move(handler)) {}

    bool can_go_on() const override { return !channel_.is_empty() || channel_.is_closed(); }
    void go_on_now() override { popped_.emplace(channel_.pop()); }
    WaitNode& enqueue(Coroutine* self) override { return channel_.wait_to_pop(waiting_.emplace(self)); }
    bool was_served() const override { return waiting_ && waiting_->status != ChannelStatus::timeout; }
    void finish() override {
        if (!popped_) popped_.emplace(std::move(*waiting_).popped());
        if constexpr (std::is_invocable_v<Handler&, Popped<T>>) {
            handler_(std::move(*popped_));
        } else {
            if (*popped_) handler_(*std::move(*popped_));
        }
    }
    Scheduler::Probe probe(std::string&) const override { return {.object = channel_.number(), .value = 0}; }

  private:
    Channel<T>& channel_;
    Handler handler_;
    std::optional<Popped<T>> popped_;
    std::optional<typename Channel<T>::Consumer> waiting_;
};

template <typename T, typename Handler>
class PushCase final : public SelectCase {
  public:
    PushCase(Channel<T>& channel, T value, Handler handler)
        : channel_(channel), value_(std::move(value)), handler_(std::move(handler)) {}

    bool can_go_on() const override { return channel_.can_take() || channel_.is_closed(); }
    void go_on_now() override { status_ = channel_.push(std::move(value_)); }
    WaitNode& enqueue(Coroutine* self) override {
        return channel_.wait_to_push(waiting_.emplace(self, std::move(value_)));
    }
    bool was_served() const override { return waiting_ && waiting_->status != ChannelStatus::timeout; }
    void finish() override {
        if (waiting_) status_ = waiting_->status;
        if constexpr (std::is_invocable_v<Handler&, ChannelStatus>) {
            handler_(status_);
        } else {
            if (status_ == ChannelStatus::ok) handler_();
        }
    }
    Scheduler::Probe probe(std::string& text) const override {
        text = describe(waiting_ ? waiting_->value : value_);
        return {.object = channel_.number(), .value = 1, .text = text};
    }

  private:
    Channel<T>& channel_;
    T value_;
    Handler handler_;
    ChannelStatus status_ = ChannelStatus::timeout;
    std::optional<typename Channel<T>::Producer> waiting_;
};

/// A case that pops: `handler` takes a T, or a Popped<T> to learn of a closed channel too.
template <typename T>
template <typename Handler>
auto Channel<T>::on_pop(Handler handler) {
    return PopCase<T, Handler>(*this, std::move(handler));
}

/// A case that pushes: `handler` takes nothing, or a ChannelStatus to learn of a closed channel too.
template <typename T>
template <typename Handler>
auto Channel<T>::on_push(T value, Handler handler) {
    return PushCase<T, Handler>(*this, std::move(value), std::move(handler));
}

namespace detail {

template <typename Argument>
void add_case(std::array<SelectCase*, 16>& cases, std::size_t& count, Deadline& deadline, Argument& argument) {
    if constexpr (std::is_base_of_v<SelectCase, Argument>)
        cases[count++] = &argument;
    else
        deadline = argument;
}

}  // namespace detail

/// Up to 16 cases, then perhaps a deadline.
template <typename... Arguments>
std::size_t select(Arguments&&... arguments) {
    static_assert(sizeof...(Arguments) <= 16, "select: at most 16 arguments; use select_among() for more");
    std::array<SelectCase*, 16> cases{};
    std::size_t count = 0;
    Deadline deadline = forever;
    (detail::add_case(cases, count, deadline, arguments), ...);
    return select_among(std::span(cases.data(), count), deadline);
}

}  // namespace co
