#include "http_protocol.h"

#include <co/http_response.h>
#include <co/scheduler.h>

#include "response_head.h"
#include "server_role.h"

namespace co::server {
namespace {

std::chrono::system_clock::time_point wall_now() { return Scheduler::current().kernel().wall_now(); }

}  // namespace

// -- where the connection is -----------------------------------------------------------------------------------------

[[gnu::hot]] Cut HttpCutter::next() {
    if (request_) spares_.requests.give_back(std::move(request_));  // nobody took it
    if (!buffer_.is_empty()) {
        if (parser_.needs_memory()) parser_.use(spares_.requests.take());
        const http::Parsed parsed = parser_.feed(buffer_.bytes());
        buffer_.drop(parsed.taken);
        has_begun_ = has_begun_ || parsed.taken > 0;
        if (parsed.status == http::ParseStatus::complete) {
            request_ = parser_.take_whole();
            header_until_ = {};
            is_first_ = has_begun_ = has_encouraged_ = false;
            return {.status = FrameStatus::packet, .is_last = buffer_.is_empty(), .bytes = request_->target};
        }
    }
    const http::Refusal& refusal = parser_.refusal();
    if (refusal.status_code != 0) return refuse(refusal.status_code, refusal.reason);
    return {};
}

/// Another process has it then.
std::string HttpCutter::packed(std::string_view) {
    std::string bytes = http::pack(*request_);
    spares_.requests.give_back(std::move(request_));
    return bytes;
}

/// The header's end has a moment, however slowly its bytes drip in; a body must go on coming.
[[gnu::hot]] Deadline HttpCutter::patience(TimePoint now) {
    if (parser_.header()) return limits_.body_idle;
    if (!has_begun_ && !is_first_) return limits_.keep_alive;
    if (header_until_ == TimePoint()) header_until_ = now + limits_.header_time;
    return header_until_;
}

/// Between two requests a silent peer has done nothing wrong.
Cut HttpCutter::out_of_patience() {
    if (!has_begun_) return {.status = FrameStatus::refused};
    return refuse(408, parser_.header() ? "the body stopped coming" : "the header took too long");
}

std::string_view HttpCutter::encouragement() {
    const http::Request* request = parser_.header();
    if (!request || has_encouraged_) return {};
    has_encouraged_ = true;  // or it is not needed any more
    if (!request->field("expect") || request->minor_version == 0 || !request->body.empty()) return {};
    return "HTTP/1.1 100 Continue\r\n\r\n";
}

Cut HttpCutter::refuse(int status, const std::string& reason) {
    return Cut::refusal({.reason = std::to_string(status) + ", " + reason,
                         .farewell = http::closing_answer(status, reason, wall_now())});
}

/// Until the time of day's next second; a clock that is set meanwhile is noticed then.
std::string_view Role::date_line() {
    const TimePoint now = Scheduler::current().turn_began();
    if (now < date_until_) return date_line_;
    const auto of_day = kernel().wall_now();
    const auto second = std::chrono::floor<std::chrono::seconds>(of_day);
    date_line_ = http::date_line(of_day);
    date_until_ = now + (second + std::chrono::seconds(1) - of_day);
    return date_line_;
}

// -- in a worker -----------------------------------------------------------------------------------------------------

std::size_t HttpProtocol::most_bytes() const {
    constexpr std::size_t around_a_field = 16;
    return limits_.request.body_bytes + limits_.request.header_bytes + (limits_.request.fields + 4) * around_a_field;
}

std::string HttpProtocol::too_busy() const {
    return http::closing_answer(503, "too many requests are running (max_coroutines)", wall_now());
}

void HttpProtocol::serve(Role& role, SessionId session, std::string_view packet) const {
    answer(role, session, http::unpack(packet));
}

/// A request of this process, whose memory is used again.
class HttpProtocol::Answering {
  public:
    static constexpr bool moves_by_copy = true;  // see Callable

    Answering(Role& role, SessionId session, std::unique_ptr<http::Request> request)
        : role_(role), session_(session), request_(std::move(request)) {}

    void operator()() {
        answer(role_, session_, *request_);
        role_.spares().requests.give_back(std::move(request_));
    }

  private:
    Role& role_;
    SessionId session_;
    std::unique_ptr<http::Request> request_;
};

Callable HttpProtocol::event_here(Role& role, SessionId session, Cutter& cutter) const {
    return Answering(role, session, static_cast<HttpCutter&>(cutter).take());
}

[[gnu::hot]] void HttpProtocol::answer(Role& role, SessionId session, const http::Request& request) {
    http::Response response(role, session, request);
    try {
        if (const auto& handler = role.events().request)
            handler(request, response);
        else
            response.status(404).end("nobody serves requests here: set on_request\n");
    } catch (const std::exception& error) {
        role.log().line("request", "on_request failed: " + std::string(error.what()));
    }
    if (response.is_ended()) return;
    role.log().line("answer", "there was no answer to " + request.method + ' ' + request.target +
                                  ": on_request has to call response.end()");
    response.give_up();
}

}  // namespace co::server
