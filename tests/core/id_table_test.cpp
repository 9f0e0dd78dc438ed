#include "id_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <random>
#include <set>

namespace {

struct Thing {
    std::uint32_t id;
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

TEST_CASE("id table: those who stay are not in the way of those who come and go") {
    constexpr std::uint32_t staying = 20'000;
    std::deque<Thing> things;
    co::IdTable<Thing*> table;
    std::size_t longest = 0;
    for (std::uint32_t id = 1; id <= staying; ++id) table.insert(&things.emplace_back(Thing{id}));
    for (std::uint32_t id = staying + 1; id <= 10 * staying; ++id) {
        Thing passing{id};
        table.insert(&passing);
        if (id % 100 == 0) longest = std::max(longest, table.longest_way());
        table.erase(id);
    }
    CHECK(longest < 16);
    CHECK(table.size() == staying);
}

TEST_CASE("id table: those who stay may lie far apart, and are found when others have gone") {
    std::deque<Thing> things;
    co::IdTable<Thing*> table;
    std::set<std::uint32_t> staying;
    for (std::uint32_t id = 1; id <= 50'000; ++id) {
        table.insert(&things.emplace_back(Thing{id}));
        if (id % 97 == 0)
            staying.insert(id);
        else
            table.erase(id);
    }
    CHECK(table.size() == staying.size());
    CHECK(table.longest_way() < 16);
    for (std::uint32_t id = 1; id <= 50'000; ++id) REQUIRE((table.find(id) != nullptr) == staying.contains(id));
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
