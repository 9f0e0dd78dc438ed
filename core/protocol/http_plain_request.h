// take_plain_request: reads the requests that most are: a GET or HEAD whose head came whole, in the plainest letters,
// and says nothing of a body, of its connection's end or of what is expected. How to read them nobody could doubt, and
// it costs a quarter of what a parser of the whole language takes.
//
//     if (const std::size_t taken = take_plain_request(bytes, limits, request)) …
//     else                                                                      // ask that parser, from the first byte
//
// What it takes, llhttp reads the same way: tests/core/http_plain_request_test.cpp compares them.
#pragma once

#include <cstddef>
#include <string_view>

#include <co/http_request.h>

namespace co::http {

/// Its bytes, all of them the head's; 0: it is not that plain, or not all there. `request` must be empty, and is left
/// so.
std::size_t take_plain_request(std::string_view bytes, const RequestLimits& limits, Request& request);

}  // namespace co::http
