// floor: what each row takes at the very least, without any runtime around it.
#include <sys/mman.h>
#include <boost/context/detail/fcontext.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "bench/contest/bare_table.h"
#include "bench/contest/contest.h"

namespace {

using namespace co::bench;
namespace boost_context = boost::context::detail;

constexpr std::size_t stack_bytes = 256 * 1024;

/// The compiler must take the value for read and changed.
void touch(auto& value) { asm volatile("" : "+m"(value)); }

class RawContext {
  public:
    explicit RawContext(void (*entry)(boost_context::transfer_t))
        : other_(boost_context::make_fcontext(stack_.get() + stack_bytes, stack_bytes, entry)) {}
    void jump(void* data = nullptr) { other_ = boost_context::jump_fcontext(other_, data).fctx; }

  private:
    std::unique_ptr<std::byte[]> stack_ = std::make_unique<std::byte[]>(stack_bytes);
    boost_context::fcontext_t other_;
};

void jump_back_for_ever(boost_context::transfer_t transfer) {
    for (;;) transfer = boost_context::jump_fcontext(transfer.fctx, nullptr);
}

void bare_jumps() {
    RawContext other(jump_back_for_ever);
    report_each("switch", switches, [&] {
        for (std::size_t i = 0; i < switches / 2; ++i) other.jump();
    });
    report_each("resume", switches, [&] {
        for (std::size_t i = 0; i < switches / 2; ++i) other.jump();
    });
}

/// A context made on a warm stack, a jump in and a jump out.
void bare_spawns() {
    auto stack = std::make_unique<std::byte[]>(stack_bytes);
    report_each("spawn", spawns, [&] {
        for (std::size_t i = 0; i < spawns; ++i) {
            auto fresh = boost_context::make_fcontext(stack.get() + stack_bytes, stack_bytes, jump_back_for_ever);
            boost_context::jump_fcontext(fresh, nullptr);
        }
    });
}

/// One touched page for each, as far apart as stacks with their guards are.
void bare_pages() {
    constexpr std::size_t stride = stack_bytes + 4096;
    void* mapped =
        mmap(nullptr, parked * stride, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) return;
    madvise(mapped, parked * stride, MADV_NOHUGEPAGE);
    auto* memory = static_cast<volatile char*>(mapped);
    report_parked(parked, [&] {
        for (std::size_t i = 1; i <= parked; ++i) memory[i * stride - 1] = 1;
    });
}

struct Slots {
    std::size_t ping = 0;
    std::size_t pong = 0;
};

void answer_for_ever(boost_context::transfer_t transfer) {
    auto& slots = *static_cast<Slots*>(transfer.data);
    for (;;) {
        slots.pong = slots.ping;
        touch(slots);
        transfer = boost_context::jump_fcontext(transfer.fctx, nullptr);
    }
}

/// A value in a variable and a jump.
void bare_ping_pong() {
    RawContext other(answer_for_ever);
    Slots slots;
    report_each("ping-pong", messages, [&] {
        for (std::size_t i = 0; i < messages / 2; ++i) {
            slots.ping = i;
            touch(slots);
            other.jump(&slots);
        }
    });
}

/// A ring that is filled and emptied in turn, by jumps from one side to the other.
struct Ring {
    std::array<std::size_t, buffer> seats;
    std::size_t pushed = 0;
    std::size_t popped = 0;
    std::size_t sum = 0;

    void fill() {
        while (pushed - popped < buffer) {
            seats[pushed % buffer] = pushed;
            ++pushed;
            touch(*this);
        }
    }
    void empty() {
        while (pushed != popped) {
            sum += seats[popped++ % buffer];
            touch(*this);
        }
    }
};

void empty_for_ever(boost_context::transfer_t transfer) {
    auto& ring = *static_cast<Ring*>(transfer.data);
    for (;;) {
        ring.empty();
        transfer = boost_context::jump_fcontext(transfer.fctx, nullptr);
    }
}

void bare_ring() {
    RawContext other(empty_for_ever);
    Ring ring;
    report_each("buffered", items, [&] {
        while (ring.popped < items) {
            ring.fill();
            other.jump(&ring);
        }
    });
}

void bare_table() {
    BareTable table(rows);
    const std::vector<std::string> keys = keys_of_rows();
    report_each("table-set", calls, [&] {
        use_in_turn(keys, [&](const std::string& key, std::size_t n) {
            table.set(key, {.number = static_cast<std::int64_t>(n), .bytes = 8, .text = "Annabell"});
        });
    });
    BareRow row{};
    std::size_t found = 0;
    report_each("table-get", calls, [&] {
        use_in_turn(keys, [&](const std::string& key, std::size_t) {
            found += table.get(key, row);
            touch(row);
        });
    });
    if (found != calls) std::exit(1);
}

void bare_number() {
    std::atomic<std::uint32_t> number{0};
    report_each("atomic-add", calls, [&] {
        for (std::size_t i = 0; i < calls; ++i) number.fetch_add(1);
    });
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"switch", bare_jumps},
                    {"spawn", bare_spawns},
                    {"parked", bare_pages},
                    {"ping-pong", bare_ping_pong},
                    {"buffered", bare_ring},
                    {"table", bare_table},
                    {"atomic", bare_number}});
}
