#include "pool.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace {

struct Counted {
    static inline int alive = 0;
    std::string text = "fresh";
    Counted() { ++alive; }
    ~Counted() { --alive; }
};

}  // namespace

TEST_CASE("pool: things have places of their own, and the place of the one that went last is used first") {
    co::Pool<Counted> pool;
    std::vector<Counted*> things;
    for (int i = 0; i < 5000; ++i) {
        things.push_back(&pool.make());
        CHECK(things.back()->text == "fresh");
        things.back()->text = std::to_string(i);
    }
    CHECK(Counted::alive == 5000);
    CHECK(std::set<Counted*>(things.begin(), things.end()).size() == 5000);
    for (int i = 0; i < 5000; ++i) CHECK(things[static_cast<std::size_t>(i)]->text == std::to_string(i));
    pool.destroy(*things[17]);
    pool.destroy(*things[4000]);
    CHECK(&pool.make() == things[4000]);
    CHECK(&pool.make() == things[17]);
    CHECK(things[17]->text == "fresh");
    for (Counted* thing : things) pool.destroy(*thing);
    CHECK(Counted::alive == 0);
}
