// HttpProtocol: HTTP/1.1 on a port. The owner of a connection cuts it into requests, and refuses what is none; a worker
// gets each as a whole and runs the program's `request` event for it. A connection has one request in progress: what a
// peer sends behind it (RFC 9112, 9.3.2: pipelining) waits until it is answered, so answers come in order.
#pragma once

#include <memory>
#include <utility>

#include <co/byte_buffer.h>
#include <co/http_request.h>
#include <co/http_server.h>

#include "protocol.h"

namespace co::server {

class HttpCutter final : public Cutter {
  public:
    HttpCutter(const http::ServerLimits& limits, Spares& spares)
        : limits_(limits), spares_(spares), parser_(limits.request) {}

    std::span<std::byte> room(std::size_t least) override { return buffer_.room(least); }
    void filled(std::size_t count) override { buffer_.filled(count); }
    /// Known by its target.
    Cut next() override;
    std::string packed(std::string_view) override;
    /// The one that next() gave.
    std::unique_ptr<http::Request> take() { return std::move(request_); }
    Deadline patience(TimePoint now) override;
    Cut out_of_patience() override;
    std::string_view encouragement() override;
    bool is_answered_in_turn() const override { return true; }

  private:
    static Cut refuse(int status, const std::string& reason);

    const http::ServerLimits& limits_;
    Spares& spares_;
    http::RequestParser parser_;
    ByteBuffer buffer_;
    std::unique_ptr<http::Request> request_{};  // the one that next() gave, until somebody takes it
    TimePoint header_until_{};                  // 0: it has not begun
    bool is_first_ = true;                      // request of this connection
    bool has_begun_ = false;                    // it has
    bool has_encouraged_ = false;
};

class HttpProtocol final : public Protocol {
  public:
    explicit HttpProtocol(http::ServerLimits limits) : limits_(limits) {}

    std::unique_ptr<Cutter> cutter(Spares& spares) const override {
        return std::make_unique<HttpCutter>(limits_, spares);
    }
    std::size_t most_bytes() const override;
    std::string_view event() const override { return "request"; }
    void serve(Role& role, SessionId session, std::string_view packet) const override;
    Callable event_here(Role& role, SessionId session, Cutter& cutter) const override;
    std::string too_busy() const override;

  private:
    class Answering;
    static void answer(Role& role, SessionId session, const http::Request& request);

    http::ServerLimits limits_;
};

}  // namespace co::server
