// A coroutine that has waited writes behind an array on its own stack.
#include <co/co.h>

using namespace std::chrono_literals;

namespace {
[[gnu::noinline]] void count_up(volatile int* numbers, int count) {
    for (int i = 0; i < count; ++i) numbers[i] = i;
}

[[gnu::noinline]] int fill(int count) {
    volatile int numbers[8];
    count_up(numbers, count);
    return numbers[0];
}
}  // namespace

int main() {
    return co::run([] {
        co::go([] {
            co::sleep(1ms);
            fill(9);  // planted
        });
    });
}
