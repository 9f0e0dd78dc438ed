#include "plain_array.h"

#include <doctest/doctest.h>

TEST_CASE("plain array: keeps what it is given while it grows, and the order of what is not erased") {
    co::PlainArray<int> numbers;
    CHECK(numbers.empty());
    for (int i = 0; i < 100'000; ++i) numbers.push_back(i);
    CHECK(numbers.size() == 100'000);
    numbers.pop_back();
    numbers.erase_if([](int number) { return number % 3 != 0; });
    REQUIRE(numbers.size() == 33'333);
    for (std::size_t i = 0; i < numbers.size(); ++i) REQUIRE(numbers[i] == static_cast<int>(3 * i));
    numbers.erase_if([](int) { return true; });
    CHECK(numbers.empty());
}
