// A coroutine recurses without end on a stack of 64 KiB.
#include <co/co.h>

using namespace std::chrono_literals;

namespace {
[[gnu::noinline]] int dig(int depth) {
    volatile char room[512];
    room[0] = static_cast<char>(depth);
    return dig(depth + 1) + room[0];
}
}  // namespace

int main() {
    return co::run([] {
        co::go([] { co::sleep(1ms); });
        co::go({.stack_bytes = 64 * 1024}, [] { dig(0); });  // planted
    });
}
