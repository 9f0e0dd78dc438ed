// A coroutine frees what another one, which has waited meanwhile, still reads.
#include <co/co.h>

#include <memory>

using namespace std::chrono_literals;

namespace {
[[gnu::noinline]] int look(const volatile int* number) { return *number; }
}  // namespace

int main() {
    return co::run([] {
        auto number = std::make_unique<int>(7);
        co::go([seen = number.get()] {
            co::sleep(1ms);
            look(seen);  // planted
        });
        number.reset();
        co::sleep(2ms);
    });
}
