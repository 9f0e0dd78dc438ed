// Worker::Event: one of the program's events in a worker, and Worker::Running: what its coroutine is given.
//
//     std::unique_ptr<Event> event = next_event("connect", session, 0);
//     event->body = std::move(body);
//     co::go("connect", Running(std::move(event)));       // it is over when the coroutine has ended, whatever ended it
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <co/callable.h>

#include "worker.h"

namespace co::server {

/// In one piece, whose memory is used again.
struct Worker::Event {
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    [[gnu::cold]] ~Event();  // most serve again instead

    Worker* worker = nullptr;
    std::string_view name{};
    SessionId session = 0;
    std::uint32_t request = 0;
    bool is_request = false;
    std::optional<std::uint32_t> slot{};  // in the ledger
    std::uint16_t port = 0;               // of the packet
    std::string packet{};
    Callable body{};  // none: what the program does with a packet
};

class Worker::Running {
  public:
    static constexpr bool moves_by_copy = true;  // see Callable

    explicit Running(std::unique_ptr<Event> event) : event_(std::move(event)) { ++event_->worker->running_; }
    Running(Running&&) noexcept = default;
    Running& operator=(Running&&) = delete;
    ~Running() {
        if (event_) event_->worker->over(std::move(event_));
    }

    void operator()() {
        Worker& worker = *event_->worker;
        worker.run_event(*event_);
        worker.over(std::move(event_));
    }

  private:
    std::unique_ptr<Event> event_;
};

}  // namespace co::server
