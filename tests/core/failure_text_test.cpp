#include "core/net/failure_text.h"

#include <doctest/doctest.h>

#include <cerrno>

TEST_CASE("failure_text: the same words on every machine, and the system's where there are none") {
    CHECK(co::failure_text(std::make_error_code(std::errc::timed_out)) == "Connection timed out");
    CHECK(co::failure_text(std::error_code(ECONNRESET, std::system_category())) == "Connection reset by peer");
    const std::error_code other = std::make_error_code(std::errc::text_file_busy);
    CHECK(co::failure_text(other) == other.message());
}
