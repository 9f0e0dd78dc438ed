// Two threads, a scheduler each, count in one variable without a lock; what they post to each other is no lock for it.
#include <co/co.h>

#include <thread>

using namespace std::chrono_literals;

namespace {
int counter = 0;

void count() {
    co::run([] {
        for (int i = 0; i < 1000; ++i) {
            co::go([] { counter = counter + 1; });  // planted
            co::sleep(0ms);
        }
    });
}
}  // namespace

int main() {
    std::thread other(count);
    count();
    other.join();
    return counter == 0;
}
