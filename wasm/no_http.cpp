// In the page's stead of lessons/host/bind_http.cpp: core's HTTP is not part of it, for its size.
#include <stdexcept>

#include "lessons/host/lua_http.h"

namespace co::lessons {

std::shared_ptr<Server> make_http_server(const std::string&, std::uint16_t) {
    throw std::logic_error(
        "the page has no http.Server; run this script with ./costudio sim or ./costudio run on your machine");
}

std::function<void(const http::Request&, http::Response&)> request_event(CallWith) { return {}; }

void bind_responses(lua_State*) {}

}  // namespace co::lessons
