#include <co/http_server.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <co/http_response.h>

#include "field_name.h"
#include "http_protocol.h"
#include "response_head.h"
#include "server_role.h"

namespace co::http {
namespace {

[[gnu::hot]] void require_field(std::string_view name, std::string_view value) {
    if (!is_field_name(name))
        throw std::invalid_argument("Response::header(): \"" + std::string(name) + "\" cannot be a field's name");
    if (!is_field_value(value))
        throw std::invalid_argument("Response::header(): the value of " + std::string(name) +
                                    " holds a control character, like the end of a line");
    if (is_same_name(name, "content-length") || is_same_name(name, "transfer-encoding"))
        throw std::invalid_argument("Response::header(): the server itself sets " + std::string(name) +
                                    "; write() and end() tell it how long the body is");
}

}  // namespace

std::vector<std::string> complaints(const ServerLimits& limits) {
    std::vector<std::string> found;
    const auto require = [&found](bool is_right, const char* sentence) {
        if (!is_right) found.emplace_back(sentence);
    };
    require(limits.request.header_bytes > 0, "header_bytes is 0: no request would ever be short enough");
    require(limits.request.fields > 0, "fields is 0: every request has a Host");
    require(limits.header_time > Duration::zero(), "header_time must be above 0 seconds");
    require(limits.body_idle > Duration::zero(), "body_idle must be above 0 seconds");
    require(limits.keep_alive > Duration::zero(), "keep_alive must be above 0 seconds");
    return found;
}

// -- Response --------------------------------------------------------------------------------------------------------

[[gnu::hot]] Response::Response(server::Role& role, SessionId session, const Request& request)
    : role_(role),
      session_(session),
      minor_version_(request.minor_version),
      is_to_head_(request.method == "HEAD"),
      keeps_alive_(request.keeps_alive),
      text_(role.spares().texts.take()) {
    begin_answer(*text_);
}

[[gnu::hot]] Response::~Response() {
    if (text_->capacity() > server::much_text) [[unlikely]]
        *text_ = {};
    role_.spares().texts.give_back(std::move(text_));
}

void Response::require_unsent(std::string_view call) const {
    if (has_begun_) throw std::logic_error("Response::" + std::string(call) + ": the header has been sent already");
}

Response& Response::status(int code) {
    require_unsent("status()");
    if (code < 200 || code > 599)
        throw std::invalid_argument("Response::status(): " + std::to_string(code) + " is not from 200 to 599");
    status_ = code;
    return *this;
}

[[gnu::hot]] Response& Response::header(std::string_view name, std::string_view value) {
    require_unsent("header()");
    require_field(name, value);
    if (is_same_name(name, "connection") && is_same_name(value, "close"))
        keeps_alive_ = false;
    else
        add_field(*text_, name, value);
    return *this;
}

/// What stands before the body, whose length is known or not, and what follows at once.
std::string_view Response::begin(std::optional<std::size_t> body_bytes, std::string_view behind) {
    has_begun_ = true;
    if (role_.is_leaving()) keeps_alive_ = false;
    if (!body_bytes && minor_version_ == 0) keeps_alive_ = false;  // its end is the end of the body
    return end_head(
        *text_,
        {.status = status_, .body_bytes = body_bytes, .minor_version = minor_version_, .keeps_alive = keeps_alive_},
        role_.date_line(), behind);
}

/// A piece as it goes in a body of unknown length.
std::string Response::piece_of_body(std::string_view bytes, bool is_last) const {
    std::string piece;
    if (is_to_head_ || !may_have_body(status_)) return piece;
    if (minor_version_ == 0) return std::string(bytes);
    append_chunk(piece, bytes);
    if (is_last) piece.append(last_chunk);
    return piece;
}

Outcome<void> Response::write(std::string_view bytes) {
    if (is_ended_) throw std::logic_error("Response::write(): the answer has ended");
    const std::string piece = piece_of_body(bytes, false);
    if (has_begun_) return send(piece, false);
    return send(begin(std::nullopt, piece), false);
}

[[gnu::hot]] Outcome<void> Response::end(std::string_view body) {
    if (is_ended_) throw std::logic_error("Response::end(): the answer has ended already");
    is_ended_ = true;
    if (has_begun_) [[unlikely]]
        return send(piece_of_body(body, true), true);
    const bool has_body = !is_to_head_ && may_have_body(status_);
    return send(begin(body.size(), has_body ? body : std::string_view()), true);
}

/// Behind the last answer of a connection nothing is read any more, so its end is told by the close alone.
[[gnu::hot]] Outcome<void> Response::send(std::string_view bytes, bool is_last) {
    auto sent = role_.send(session_, bytes, is_last && keeps_alive_);
    if (!sent) [[unlikely]]
        static_cast<void>(role_.close(session_, true));  // part of it may have gone
    else if (is_last && !keeps_alive_) [[unlikely]]
        static_cast<void>(role_.close(session_, false));
    return sent;
}

void Response::give_up() {
    if (is_ended_) return;
    if (has_begun_) {
        is_ended_ = true;
        static_cast<void>(role_.close(session_, true));
        return;
    }
    status_ = 500;
    begin_answer(*text_);
    end("the server failed to answer this request\n");
}

// -- Server ----------------------------------------------------------------------------------------------------------

Server::Server(std::string host, std::uint16_t port) : co::Server(std::move(host), port) { limit({}); }

void Server::limit(const ServerLimits& limits) {
    std::string all;
    for (const std::string& complaint : complaints(limits)) all += (all.empty() ? "" : "; ") + complaint;
    if (!all.empty()) throw std::invalid_argument("this server cannot start: " + all);
    speak(std::make_shared<server::HttpProtocol>(limits));
}

void Server::on_request(std::function<void(const Request&, Response&)> handler) {
    events().request = std::move(handler);
}

}  // namespace co::http
