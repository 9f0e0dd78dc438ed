#include <doctest/doctest.h>

#include <memory>

#include <co/deadline.h>
#include <co/result.h>
#include <co/sim_kernel.h>

using namespace std::chrono_literals;

TEST_CASE("result: a value, or the reason why there is none") {
    co::Result<int> good = 7;
    co::Result<int> bad = std::errc::connection_refused;
    CHECK(*good == 7);
    CHECK_FALSE(good.error());
    CHECK_FALSE(bad);
    CHECK(bad.error() == std::errc::connection_refused);
    CHECK(bad.value_or(1) == 1);
    CHECK_THROWS_AS(*bad, std::logic_error);
}

TEST_CASE("result: and_then and transform pass an error by") {
    auto half = [](int number) { return number % 2 ? co::Result<int>(std::errc::invalid_argument) : number / 2; };
    CHECK(*co::Result<int>(8).and_then(half).transform([](int number) { return number + 1; }) == 5);
    CHECK(co::Result<int>(7).and_then(half).transform([](int number) { return number + 1; }).error() ==
          std::errc::invalid_argument);
}

TEST_CASE("deadline: relative, absolute and forever") {
    co::TimePoint now(5s);
    CHECK(co::Deadline(2s).expiry(now) == co::TimePoint(7s));
    CHECK(co::Deadline(co::TimePoint(6s)).expiry(now) == co::TimePoint(6s));
    CHECK(co::Deadline(co::forever).expiry(now) == co::TimePoint::max());
    CHECK(co::Deadline(co::Duration::max()).expiry(now) == co::TimePoint::max());
}

TEST_CASE("sim kernel: time moves only in wait(), chance comes from the seed") {
    co::SimKernel plain, first({.seed = 7}), second({.seed = 7}), other({.seed = 8});
    CHECK(plain.now() == co::TimePoint{});
    CHECK(*plain.wait({}, co::TimePoint(3s)) == 0);
    CHECK(plain.now() == co::TimePoint(3s));
    CHECK(*plain.wait({}, co::TimePoint(1s)) == 0);
    CHECK(plain.now() == co::TimePoint(3s));
    CHECK(plain.choose(5) == 0);
    std::uint64_t number = first.random();
    CHECK(number == second.random());
    CHECK(number != other.random());
    CHECK(plain.open_socket(co::SocketKind::tcp6).error() == std::errc::address_family_not_supported);
}
