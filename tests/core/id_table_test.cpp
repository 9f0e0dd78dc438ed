#include "id_table.h"

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <random>
#include <set>

namespace {

struct Thing {
    std::uint32_t id;
};

/// Counts how often the table looks at one of its places: what a search costs, without a clock.
class Counting {
  public:
    static inline std::uint64_t looks = 0;

    Counting(Thing* thing = nullptr) : thing_(thing) {}
    explicit operator bool() const { return ++looks, thing_ != nullptr; }
    Thing& operator*() const { return *thing_; }
    Thing* operator->() const { return thing_; }

  private:
    Thing* thing_;
};

}  // namespace

TEST_CASE("id table: finds what is in it, whatever was inserted and erased before") {
    std::mt19937 chance(7);
    std::deque<Thing> things;
    std::set<std::uint32_t> expected;
    co::IdTable<Thing*> table;
    for (std::uint32_t id = 0; id < 5000; ++id) {
        table.insert(&things.emplace_back(Thing{id}));
        expected.insert(id);
        for (int i = 0; i < 2 && chance() % 3 != 0 && !expected.empty(); ++i) {
            auto victim = expected.lower_bound(static_cast<std::uint32_t>(chance() % (id + 1)));
            if (victim == expected.end()) continue;
            table.erase(*victim);
            expected.erase(victim);
        }
    }
    CHECK(table.size() == expected.size());
    for (std::uint32_t id = 0; id < 5100; ++id) {
        Thing* found = table.find(id);
        REQUIRE((found != nullptr) == expected.contains(id));
        if (found) CHECK(found->id == id);
    }
    std::size_t visited = 0;
    table.for_each([&](const Thing&) { ++visited; });
    CHECK(visited == expected.size());
}

TEST_CASE("id table: erasing 100,000 in their order looks at a few each, not at all that follow") {
    constexpr std::uint32_t count = 100'000;
    std::deque<Thing> things;
    co::IdTable<Counting> table;
    for (std::uint32_t id = 1; id <= count; ++id) table.insert(&things.emplace_back(Thing{id}));
    Counting::looks = 0;
    for (std::uint32_t id = 1; id <= count; ++id) table.erase(id);
    CHECK(table.size() == 0);
    CHECK(Counting::looks < 10 * std::uint64_t{count});
}

TEST_CASE("id table: what it owns is destroyed when it is erased") {
    struct Owned {
        std::uint32_t id;
    };
    co::IdTable<std::shared_ptr<Owned>> table;
    auto kept = std::make_shared<Owned>(Owned{70});
    table.insert(kept);
    table.insert(std::make_shared<Owned>(Owned{6}));
    CHECK(kept.use_count() == 2);
    table.erase(70);
    CHECK(kept.use_count() == 1);
    CHECK(table.find(6)->id == 6);
}
