// The floor of processes that work together: two rings in shared memory, one for tasks and one for results, and an
// eventfd beside each that is rung when the reader sleeps. Where there are two cores, a reader looks for a while before
// it sleeps. No loop, no coroutines, nothing that would survive a death.
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

#include "bench/contest/bare_table.h"
#include "bench/processes/pair.h"
#include "bench/processes/two_at_once.h"

namespace {

using namespace co::bench;

struct Record {
    std::array<char, task_bytes> bytes;
};

/// From one process to one other.
class BareRing {
  public:
    void open() { bell_ = eventfd(0, 0); }

    void push(const Record& record) {
        records_[written_.load(std::memory_order_relaxed) % records_.size()] = record;
        written_.fetch_add(1);
        if (sleeps_.load() != 0 && sleeps_.exchange(0) != 0) ring();
    }
    /// Waits for it.
    Record pop(int looks) {
        const std::uint64_t at = read_;
        for (int look = 0; look < looks && written_.load() == at; ++look) __builtin_ia32_pause();
        while (written_.load() == at) {
            sleeps_ = 1;
            if (written_.load() == at) sleep();
            sleeps_ = 0;
        }
        const Record record = records_[at % records_.size()];
        ++read_;
        return record;
    }

  private:
    void ring() const {
        if (eventfd_write(bell_, 1) != 0) std::exit(1);
    }
    void sleep() const {
        eventfd_t rung = 0;
        if (eventfd_read(bell_, &rung) != 0) std::exit(1);
    }

    alignas(64) std::atomic<std::uint64_t> written_;
    alignas(64) std::atomic<std::uint32_t> sleeps_;
    alignas(64) std::uint64_t read_;
    int bell_;
    std::array<Record, 2 * tasks_at_once> records_;  // more than are ever on their way
};

struct Rings {
    BareRing tasks;
    BareRing results;
};

void exchange(const Exchange& how) {
    const Places places(how.cores);
    const int looks = places.are_apart() ? 5'000 : 0;
    void* memory = mmap(nullptr, sizeof(Rings), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::exit(1);
    auto& rings = *static_cast<Rings*>(memory);
    rings.tasks.open();
    rings.results.open();
    const std::size_t warm_up = how.in_all / 10;
    const std::size_t all = warm_up + how.in_all;
    const pid_t other = fork();
    if (other < 0) std::exit(1);
    places.take(other == 0 ? 1 : 0);
    if (other == 0) {
        for (std::size_t i = 0; i < all; ++i) rings.results.push(rings.tasks.pop(looks));
        pause();  // its CPU time is asked for
    }
    Record record{};
    for (std::size_t i = 0; i < how.at_once; ++i) rings.tasks.push(record);
    const auto finish = [&](std::size_t count, std::size_t gives) {
        for (std::size_t i = 0; i < count; ++i) {
            record = rings.results.pop(looks);
            if (i < gives) rings.tasks.push(record);
        }
    };
    finish(warm_up, warm_up);
    const Stopwatch watch({getpid(), other});
    finish(how.in_all, how.in_all - how.at_once);
    watch.report(how);
    kill(other, SIGKILL);
    waitpid(other, nullptr, 0);
}

void table_of_two() {
    BareTable table(2 * rows);
    BareRow row{};
    const auto set = [&](const std::string& key, std::size_t n) {
        table.set(key, {.number = static_cast<std::int64_t>(n), .bytes = 8, .text = "Annabell"});
    };
    const auto get = [&](const std::string& key, std::size_t) {
        if (!table.get(key, row)) std::exit(1);
        asm volatile("" : "+m"(row));
    };
    two_at_once([](auto body) { body(); }, {{"table-set-two", [&](const auto& keys) { use_in_turn(keys, set); }},
                                            {"table-get-two", [&](const auto& keys) { use_in_turn(keys, get); }}});
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"tasks-two", [] { exchange(tasks_on_two); }},
                    {"tasks-one", [] { exchange(tasks_on_one); }},
                    {"wait-two", [] { exchange(waits_on_two); }},
                    {"wait-one", [] { exchange(waits_on_one); }},
                    {"table-two", table_of_two}});
}
