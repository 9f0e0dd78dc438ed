#include "bundle.h"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace co::server {
namespace {

using Written = std::vector<std::pair<int, std::string>>;

Written taken_from(Bundle<const int>& bundle) {
    Written written;
    bundle.take([&](const int& receiver, std::string_view bytes) { written.emplace_back(receiver, bytes); });
    return written;
}

}  // namespace

TEST_CASE("bundle: answers come out in the order of adding, each for its receiver, and once") {
    const int ada = 1, grace = 2;
    Bundle<const int> bundle;
    CHECK(bundle.is_empty());
    CHECK(bundle.add(ada, "tea"));
    CHECK(bundle.add(grace, "milk"));
    CHECK(bundle.add(ada, "sugar"));
    CHECK_FALSE(bundle.is_empty());
    CHECK(taken_from(bundle) == Written{{1, "tea"}, {2, "milk"}, {1, "sugar"}});
    CHECK(bundle.is_empty());
    CHECK(taken_from(bundle).empty());
    CHECK(bundle.add(grace, "tea"));
    CHECK(taken_from(bundle) == Written{{2, "tea"}});
}

TEST_CASE("bundle: what is long, and what comes when it is full, is left to who asked") {
    const int ada = 1;
    Bundle<const int> bundle;
    const std::string longest(Bundle<const int>::most_bytes_of_one, 'x');
    CHECK_FALSE(bundle.add(ada, longest + "x"));
    CHECK(bundle.is_empty());
    for (std::size_t i = 0; i < Bundle<const int>::most_answers; ++i) CHECK(bundle.add(ada, longest));
    CHECK_FALSE(bundle.add(ada, "x"));
    CHECK(taken_from(bundle).size() == Bundle<const int>::most_answers);
    CHECK(bundle.add(ada, "x"));
}

}  // namespace co::server
