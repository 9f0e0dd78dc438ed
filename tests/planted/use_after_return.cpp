// A coroutine keeps a pointer to a local of a function that has returned, and looks at it after a wait.
#include <co/co.h>

#include <cstdio>

using namespace std::chrono_literals;

namespace {

/// Returns the address of its own local, in a way that the compiler does not see through.
[[gnu::noinline]] const int* remember() {
    int local = 7;
    const int* place = &local;
    asm volatile("" : "+r"(place) : : "memory");
    return place;
}

}  // namespace

int main() {
    return co::run([] {
        co::go([] {
            co::sleep(1ms);
            const int* place = remember();
            co::sleep(1ms);
            std::printf("%d\n", *place);  // planted
        });
    });
}
