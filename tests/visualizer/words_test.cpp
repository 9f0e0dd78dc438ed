#include <doctest/doctest.h>

#include "visualizer/model/words.h"

using namespace co::studio;

TEST_CASE("durations are written with the unit that suits them") {
    CHECK(duration_text(0) == "0 ms");
    CHECK(duration_text(120'000'000) == "120 ms");
    CHECK(duration_text(1'500'000) == "1.5 ms");
    CHECK(duration_text(12'500) == "12.5 µs");
    CHECK(duration_text(7) == "7 ns");
    CHECK(duration_text(9'999'000'000) == "9999 ms");
    CHECK(duration_text(12'500'000'000) == "12.5 s");
}

TEST_CASE("seconds come in three forms: for a column, for a sentence, for a script") {
    CHECK(seconds_text(120'000'000) == "0.120 s");
    CHECK(plain_seconds_text(120'000'000) == "0.12 s");
    CHECK(seconds_number(300'000'000) == "0.3");
    CHECK(seconds_number(2'000'000'000) == "2");
    CHECK(seconds_number(100'000'000'000) == "100");
}

TEST_CASE("lists and counts read as a person says them") {
    CHECK(list_of({}) == "");
    CHECK(list_of({"main"}) == "main");
    CHECK(list_of({"main", "co#1"}) == "main and co#1");
    CHECK(list_of({"main", "co#1", "co#2"}) == "main, co#1 and co#2");
    CHECK(counted(1, "seat") == "1 seat");
    CHECK(counted(2, "seat") == "2 seats");
}

TEST_CASE("a sentence begins with a capital, but a call and a chip keep their spelling") {
    CHECK(as_sentence("runs when co#2 waits") == "Runs when co#2 waits.");
    CHECK(as_sentence("push(\"milk\"): it takes seat 1") == "push(\"milk\"): it takes seat 1.");
    CHECK(as_sentence("co#2 waits") == "co#2 waits.");
    CHECK(as_sentence("main waits.") == "main waits.");
}

TEST_CASE("long lists are cut, and the joined ones bear their chips") {
    CHECK(few_of({"a", "b", "c"}) == "a, b and c");
    CHECK(few_of({"a", "b", "c", "d", "e"}) == "a, b, c and 2 more");
    CHECK(joined_chips("co#0, co#12") == std::vector<std::string>{"main", "co#12"});
    CHECK(joined_chips("").empty());
}
