// Coroutines that wait in every way, on stacks that are used again, with an exception in flight: nothing is wrong here.
#include <co/co.h>

#include <stdexcept>
#include <string>

using namespace std::chrono_literals;

namespace {

[[gnu::noinline]] std::size_t deep(int levels) {
    std::string text(100, 'x');
    co::sleep(0ms);
    return text.size() + (levels > 0 ? deep(levels - 1) : 0);
}

void throws_and_waits() {
    try {
        throw std::runtime_error("kept while others run");
    } catch (const std::exception& error) {
        co::sleep(1ms);
        if (std::string(error.what()).size() != 21) throw;
    }
}

}  // namespace

int main() {
    return co::run([] {
        for (int round = 0; round < 3; ++round) {
            co::Channel<std::string> lines(2);
            co::WaitGroup group;
            for (int i = 0; i < 20; ++i) group.go([&lines] { lines.push(std::string(deep(10), 'y')); });
            group.go(throws_and_waits);
            for (int i = 0; i < 20; ++i) (void)lines.pop(1s);
            co::timer::after(1ms, [&group] { deep(20); });
            group.wait();
            co::sleep(2ms);
        }
    });
}
