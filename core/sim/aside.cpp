#include "aside.h"

#include "world.h"

namespace co::sim {
namespace {
constexpr std::size_t most_helpers = 4;
}

void AsideCalls::give(World& world, Task& process, ThreadBody work) {
    waiting_.push_back(std::move(work));
    if (!idle_.empty()) {
        Kernel& helper = *idle_.back();
        idle_.pop_back();
        return helper.interrupt();
    }
    if (helpers_ == most_helpers) return;
    ++helpers_;
    world.spawn_thread(process, "helper", [this](Kernel& own) { help(own); });
}

void AsideCalls::help(Kernel& own) {
    for (;;) {
        while (!waiting_.empty()) {
            ThreadBody work = std::move(waiting_.front());
            waiting_.pop_front();
            work(own);
        }
        idle_.push_back(&own);
        static_cast<void>(own.wait({}, TimePoint::max()));
    }
}

}  // namespace co::sim
