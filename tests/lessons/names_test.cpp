#include "lessons/host/names.h"

#include <doctest/doctest.h>

using co::lessons::Names;

namespace {

std::string assigned(const std::string& line, const std::string& call = "chan") {
    return Names(line).assigned(1, call).value_or("-");
}

std::string function(const std::string& line) { return Names(line).function_at(1).value_or("-"); }

}  // namespace

TEST_CASE("names: what a call's result is assigned to") {
    CHECK(assigned("local results = chan(2)") == "results");
    CHECK(assigned("  results=chan (2)") == "results");
    CHECK(assigned("local ch <const> = chan(1)") == "ch");
    CHECK(assigned("self.jobs = chan(1)") == "jobs");
    CHECK(assigned("local pool = { jobs = chan(1), quit = 1 }") == "jobs");
    CHECK(assigned("local t = timer.after(400, print)", "timer.after") == "t");
    CHECK(assigned("if x then wg = WaitGroup() end", "WaitGroup") == "wg");
}

TEST_CASE("names: none where the line gives none") {
    CHECK(assigned("go(worker, chan(1))") == "-");
    CHECK(assigned("return chan(1)") == "-");
    CHECK(assigned("local a, b = chan(1), chan(2)") == "-");
    CHECK(assigned("if a == chan(1) then") == "-");
    CHECK(assigned("local x = mychan(1)") == "-");
    CHECK_FALSE(Names("x = chan(1)").assigned(2, "chan"));
    CHECK_FALSE(Names("x = chan(1)").assigned(0, "chan"));
}

TEST_CASE("names: of the function that a line defines") {
    CHECK(function("local function producer(name)") == "producer");
    CHECK(function("function group.done()") == "group.done");
    CHECK(function("function Pool:get ()") == "Pool:get");
    CHECK(function("local worker = function(job)") == "worker");
    CHECK(function("go(function() co.sleep(1) end)") == "-");
    CHECK(function("local x = 1") == "-");
}
