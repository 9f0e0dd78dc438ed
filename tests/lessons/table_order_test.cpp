#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("pairs: numbers, strings, booleans, then objects in the order of their making") {
    CHECK(output_of(R"lua(
        local first, second = {}, function() end
        local t = {[second] = 8, [first] = 7, b = 4, a = 3, [true] = 6, [false] = 5, [10] = 2, [-0.5] = 1}
        local values = {}
        for _, value in pairs(t) do values[#values + 1] = value end
        print(table.concat(values, " ")))lua") == "1 2 3 4 5 6 7 8\n");
}

TEST_CASE("pairs and next: the same order 20 times out of 20, for strings whose hashes differ each time") {
    const std::string script = R"lua(
        local t = {}
        for i = 1, 200 do t["key" .. i * 7919 % 1009] = i end
        for i = 1, 50 do t[{}] = i end
        for key, value in pairs(t) do print(type(key) == "string" and key or "object", value) end
        for _, value in next, t do print(value) end)lua";
    const std::string first = output_of(script);
    CHECK(first.size() > 3000);
    for (int i = 0; i < 20; ++i) CHECK(output_of(script) == first);
}

TEST_CASE("pairs and next: a key may be removed on the way") {
    CHECK(output_of(R"lua(
        local t = {a = 1, b = 2, c = 3}
        for key in pairs(t) do t[key] = nil t.c = nil io = key print(key) end
        t = {a = 1, b = 2}
        for key in next, t do t[key] = nil print(key) end
        print(next({}), next({}, nil)))lua") == "a\nb\na\nb\nnil\tnil\n");
}

TEST_CASE("pairs: honours __pairs and refuses what is no table") {
    CHECK(output_of(R"lua(
        local t = setmetatable({}, {__pairs = function() return function(_, k) if not k then return 1, 2 end end end})
        for k, v in pairs(t) do print(k, v) end)lua") == "1\t2\n");
    CHECK(error_of("pairs()").starts_with("bad argument #1 to 'pairs'"));
    CHECK(error_of("pairs(5)").starts_with("bad argument #1 to 'pairs' (table expected, got number)"));
}

TEST_CASE("table.sort: stable, with and without a comparison") {
    CHECK(output_of(R"lua(
        local list = {5, 2, 9, 2, 1}
        table.sort(list) print(table.concat(list, " "))
        table.sort(list, function(a, b) return a > b end) print(table.concat(list, " "))
        local words = {"bb", "a", "cc", "d", "ee"}
        table.sort(words, function(a, b) return #a < #b end) print(table.concat(words, " ")))lua") ==
          "1 2 2 5 9\n9 5 2 2 1\na d bb cc ee\n");
    CHECK(error_of("table.sort({1, 'x'})").starts_with("attempt to compare"));
    CHECK(error_of("table.sort({1, 2}, 5)").starts_with("bad argument #2 to 'sort' (function expected, got number)"));
    CHECK(output_of("table.sort({3, 1, 2}, function() return true end) print('ends')") == "ends\n");
}
