#include <co/callable.h>

#include <array>
#include <memory>
#include <utility>

#include <doctest/doctest.h>

namespace co::test {
namespace {

/// Counts its calls and its ends in what it points to.
struct Counts {
    int calls = 0;
    int ends = 0;
};

class CountingCall {
  public:
    explicit CountingCall(Counts& counts) : counts_(&counts) {}
    CountingCall(CountingCall&& other) noexcept : counts_(std::exchange(other.counts_, nullptr)) {}
    CountingCall& operator=(CountingCall&&) = delete;
    ~CountingCall() {
        if (counts_) ++counts_->ends;
    }
    void operator()() { ++counts_->calls; }

  private:
    Counts* counts_;
};

struct MovedByCopy : CountingCall {
    static constexpr bool moves_by_copy = true;
    using CountingCall::CountingCall;
};

struct Large : CountingCall {
    using CountingCall::CountingCall;
    std::array<char, 100> more{};
};

template <typename Function>
void is_called_and_ended_once(Counts& counts) {
    {
        Callable first = Function(counts);
        Callable second = std::move(first);
        CHECK_FALSE(bool(first));
        Callable third;
        third = std::move(second);
        third();
        third();
        CHECK(counts.ends == 0);
    }
    CHECK(counts.calls == 2);
    CHECK(counts.ends == 1);
}

}  // namespace

TEST_CASE("callable: however it is moved, what it holds is called where it is, and ends once") {
    Counts usual, copied, large;
    is_called_and_ended_once<CountingCall>(usual);
    is_called_and_ended_once<MovedByCopy>(copied);
    is_called_and_ended_once<Large>(large);
}

TEST_CASE("callable: another function takes the place of the one that it held, which ends") {
    Counts before, after;
    Callable held = MovedByCopy(before);
    held = Callable(MovedByCopy(after));
    CHECK(before.ends == 1);
    held();
    CHECK(after.calls == 1);
    held.reset();
    CHECK(after.ends == 1);
    CHECK_FALSE(bool(held));
}

}  // namespace co::test
