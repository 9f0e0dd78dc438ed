// A ring between two that run at the same time: threads, and processes of which one is killed.
#include "core/server/ring.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include <doctest/doctest.h>

namespace co::server {
namespace {

class SharedRing {
  public:
    SharedRing()
        : memory_(static_cast<std::byte*>(
              mmap(nullptr, Ring::bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
        REQUIRE(memory_ != MAP_FAILED);
    }
    SharedRing(const SharedRing&) = delete;
    SharedRing& operator=(const SharedRing&) = delete;
    ~SharedRing() { munmap(memory_, Ring::bytes); }
    Ring ring() const { return Ring({memory_, Ring::bytes}); }

  private:
    std::byte* memory_;
};

/// Its bytes follow from its first one and its length: one that is torn shows.
std::string numbered(std::size_t number) {
    std::string record(1 + number * 7919 % 2000, '\0');
    for (std::size_t i = 0; i < record.size(); ++i) record[i] = static_cast<char>(number + i * record.size());
    return record;
}

bool is_whole(std::string_view record) {
    for (std::size_t i = 0; i < record.size(); ++i)
        if (record[i] != static_cast<char>(static_cast<std::size_t>(record[0]) + i * record.size())) return false;
    return !record.empty();
}

}  // namespace

TEST_CASE("ring: a thread that writes and one that reads agree on all records") {
    const SharedRing shared;
    constexpr std::size_t count = 20'000;
    std::thread writer([&] {
        Ring ring = shared.ring();
        for (std::size_t number = 0; number < count; ++number)
            while (!ring.push(numbered(number))) std::this_thread::yield();
    });
    Ring ring = shared.ring();
    std::size_t right = 0;
    for (std::size_t number = 0; number < count; ++number) {
        while (ring.is_empty()) std::this_thread::yield();
        right += ring.front() == numbered(number);
        ring.pop();
    }
    writer.join();
    CHECK(right == count);
    CHECK(ring.is_empty());
}

TEST_CASE("ring: a writer that waits until it is told of room is always told") {
    const SharedRing shared;
    constexpr std::size_t count = 20'000;
    std::atomic<int> told{0};
    std::thread writer([&] {
        Ring ring = shared.ring();
        for (std::size_t number = 0; number < count; ++number)
            while (!ring.push(numbered(number))) {
                const int before = told;
                ring.wish_for_room();
                if (ring.push(numbered(number))) break;
                told.wait(before);
            }
    });
    Ring ring = shared.ring();
    for (std::size_t number = 0; number < count;) {
        for (; !ring.is_empty(); ++number) ring.pop();
        if (!ring.takes_wish()) continue;
        ++told;
        told.notify_one();
    }
    writer.join();
    CHECK(ring.is_empty());
}

TEST_CASE("ring: writers that are killed leave whole records only, and their successors go on") {
    const SharedRing shared;
    Ring ring = shared.ring();
    std::size_t taken = 0, torn = 0;
    const auto take_one = [&] {
        torn += !is_whole(ring.front());
        ring.pop();
        ++taken;
    };
    for (int life = 0; life < 20; ++life) {
        const pid_t writer = fork();
        REQUIRE(writer >= 0);
        if (writer == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            Ring own = shared.ring();
            for (std::size_t number = 0;; ++number)
                while (!own.push(numbered(number))) continue;
        }
        for (const std::size_t until = taken + 50 + static_cast<std::size_t>(life); taken < until;)
            if (!ring.is_empty()) take_one();
        kill(writer, SIGKILL);  // wherever it is
        waitpid(writer, nullptr, 0);
        while (!ring.is_empty()) take_one();
    }
    CHECK(torn == 0);
}

}  // namespace co::server
