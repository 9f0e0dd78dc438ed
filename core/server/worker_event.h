// Worker::Event: one of the program's events while it runs in a worker.
//
//     auto event = spare_events_.take();
//     event->body = std::move(body);
//     event->running.emplace(*this, slot);        // until it has ended, whatever ends it
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <co/callable.h>

#include "worker.h"

namespace co::server {

/// One event that runs, and its place in the ledger if it is a request's.
class Worker::Running {
  public:
    explicit Running(Worker& worker, std::optional<std::uint32_t> slot = std::nullopt) : worker_(&worker), slot_(slot) {
        ++worker.running_;
    }
    Running(Running&& other) noexcept : worker_(std::exchange(other.worker_, nullptr)), slot_(other.slot_) {}
    Running& operator=(Running&&) = delete;
    ~Running() {
        if (!worker_) return;
        --worker_->running_;
        if (slot_ && !worker_->gives_up_) worker_->end_request(*slot_);
    }

  private:
    Worker* worker_;
    std::optional<std::uint32_t> slot_;
};

/// What an event's coroutine is given, in one piece, whose memory is used again.
struct Worker::Event {
    std::shared_ptr<void> kept{};  // dropped last: the worker may go with it
    std::string_view name{};
    SessionId session = 0;
    std::uint32_t request = 0;
    Callable body{};
    std::optional<Running> running{};
};

}  // namespace co::server
