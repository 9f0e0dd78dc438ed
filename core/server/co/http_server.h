// http::Server: a server whose connections speak HTTP/1.1.
//
//     int main() {
//         co::http::Server server("127.0.0.1", 9501);
//         server.set({.workers = 4});
//         server.on_request([](const co::http::Request&, co::http::Response& response) {
//             co::sleep(10ms);                          // parks this request's coroutine only
//             response.header("Content-Type", "text/html; charset=utf-8").end("<h1>hello</h1>");
//         });
//         return server.start();
//     }
//
// Every request runs in a coroutine of its own, in a worker; connections stay for the next request. A request that is
// none, or exceeds a limit, is answered without the program (docs/server.md). All that a co::Server can, it can too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/http_request.h>
#include <co/server.h>

namespace co::server {
class HttpProtocol;
class Role;
}  // namespace co::server

namespace co::http {

/// Beyond them a connection is answered with the code that stands here, and closed.
struct ServerLimits {
    RequestLimits request{};                          // 431, 413
    Duration header_time = std::chrono::seconds(10);  // from a request's first byte to the end of its header: 408
    Duration body_idle = std::chrono::seconds(30);    // silence inside of a body: 408
    Duration keep_alive = std::chrono::seconds(75);   // silence between two requests: no answer
};

/// Everything that is wrong with them, a sentence each.
std::vector<std::string> complaints(const ServerLimits& limits);

/// The answer to one request. It is of the handler's time: when that returns, it must have ended.
class Response {
  public:
    Response(const Response&) = delete;
    Response& operator=(const Response&) = delete;
    ~Response();

    // -- until the first write() or end(); then they throw std::logic_error
    /// 200 unless set. Throws std::invalid_argument outside of 200 to 599.
    Response& status(int code);
    /// One more field. Throws std::invalid_argument for what cannot be one, and for the two that tell how long the body
    /// is: the server sets those. `Connection: close` ends the connection behind this answer.
    Response& header(std::string_view name, std::string_view value);

    // -- both park while the connection's output buffer is full; `closed` when the peer has gone
    /// A piece of a body whose length is not known yet.
    Outcome<void> write(std::string_view piece);
    /// The rest of the body, which is all of it when nothing was written before. Throws std::logic_error the second
    /// time.
    Outcome<void> end(std::string_view body = {});

    bool is_ended() const { return is_ended_; }
    /// The connection.
    SessionId fd() const { return session_; }

  private:
    friend class server::HttpProtocol;

    Response(server::Role& role, SessionId session, const Request& request);
    void require_unsent(std::string_view call) const;
    std::string_view begin(std::optional<std::size_t> body_bytes, std::string_view behind);
    std::string piece_of_body(std::string_view bytes, bool is_last) const;
    Outcome<void> send(std::string_view bytes, bool is_last);
    /// The handler has failed: says so if nothing else was said, or breaks off.
    void give_up();

    server::Role& role_;
    SessionId session_;
    unsigned minor_version_;
    bool is_to_head_;
    bool keeps_alive_;
    int status_ = 200;
    std::unique_ptr<std::string> text_;  // of the head, and what was sent with it
    bool has_begun_ = false;
    bool is_ended_ = false;
};

class Server : public co::Server {
  public:
    Server(std::string host, std::uint16_t port);

    /// Before start(). Throws std::invalid_argument with every complaint at once.
    void limit(const ServerLimits& limits);
    void on_request(std::function<void(const Request&, Response&)> handler);
};

}  // namespace co::http
