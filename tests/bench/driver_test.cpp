// The benchmark's driver, with contestants whose figures are known: nothing here is measured.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/driver/comparison.h"
#include "bench/driver/stolen_time.h"
#include "tests/cli/program.h"

using namespace co::tests;
namespace fs = std::filesystem;

namespace {

/// A benchmark where it finds none but these contestants.
class Driver {
  public:
    explicit Driver(std::string name = "bench_core", std::string contestants = "contest/")
        : name_(std::move(name)), contestants_(std::move(contestants)) {
        fs::create_directories(folder_.path() / contestants_);
        fs::copy_file(fs::path(COSTUDIO_BINARY_DIR) / name_, program());
    }
    void enter(const std::string& name, const std::string& script) const {
        fs::permissions(folder_.write(contestants_ + name, "#!/bin/sh\n" + script), fs::perms::owner_all);
    }
    Ended run(const std::vector<std::string>& words) const { return run_program(program(), words); }

  private:
    fs::path program() const { return folder_.path() / name_; }
    Folder folder_;
    std::string name_;
    std::string contestants_;
};

/// Prints only what it is asked for, as a contestant does.
constexpr const char* floor_script = "test $1 = switch && echo 'switch 4\nresume 5' || test $1 = spawn\n";
constexpr const char* our_script = "test $1 = switch && echo 'switch 6\nresume 20' || echo 'spawn 50'\n";

}  // namespace

TEST_CASE("bench core: --json tells figures, ratios and aims, and --only leaves the other groups out") {
    Driver driver;
    driver.enter("floor", floor_script);
    driver.enter("costudio", our_script);
    const Ended ended = driver.run({"--json", "--rounds", "3", "--only", "switch"});
    REQUIRE_MESSAGE(ended.code == 0, ended.errors);
    const auto json = nlohmann::json::parse(ended.output);
    CHECK(json["rounds"] == 3);
    REQUIRE(json["rows"].size() == 2);
    CHECK(json["rows"][0]["row"] == "switch");
    CHECK(json["rows"][0]["figures"]["costudio"]["median"] == 6);
    CHECK(json["rows"][0]["ratio_to_floor"]["median"] == 1.5);
    CHECK(json["rows"][0]["is_met"] == true);
    CHECK(json["rows"][1]["ratio_to_floor"]["median"] == 4);
    CHECK(json["rows"][1]["is_met"] == false);
}

TEST_CASE("bench core: a peer that is not there is skipped by its name, with the package that brings it") {
    Driver driver;
    driver.enter("floor", floor_script);
    driver.enter("costudio", our_script);
    const Ended table = driver.run({"--rounds", "1", "--only", "switch,spawn"});
    REQUIRE_MESSAGE(table.code == 0, table.errors);
    CHECK(has(table.output, "spawn, run and end"));
    CHECK(has(table.output, "Go: not installed (package golang-go)\n"));
    CHECK_FALSE(has(table.output, "costudio: not installed"));
    const auto json = nlohmann::json::parse(driver.run({"--json", "--rounds", "1", "--only", "switch"}).output);
    CHECK(json["skipped"].size() == 3);
    CHECK(json["skipped"][0]["name"] == "Boost.Fiber");
}

TEST_CASE("bench core: a contestant that fails, or prints no figure, ends the comparison and is quoted") {
    Driver driver;
    driver.enter("costudio", "exit 3\n");
    Ended ended = driver.run({"--rounds", "1", "--only", "switch"});
    CHECK(ended.code == 1);
    CHECK(has(ended.errors, "contest/costudio' switch failed"));
    driver.enter("costudio", "echo switch fast\n");
    ended = driver.run({"--rounds", "1", "--only", "switch"});
    CHECK(ended.code == 1);
    CHECK(has(ended.errors, "this line is \"switch fast\""));
    CHECK(driver.run({"--only", "nonsense"}).code != 0);
}

TEST_CASE("bench processes: tasks stand beside bare rings and bare datagrams, and their aim moves with the latter") {
    Driver driver("bench_processes", "contest/processes/");
    driver.enter("floor", "echo 'tasks 250\ntasks-cpu 500'\n");
    driver.enter("datagrams", "echo 'tasks 3000\ntasks-cpu 6000'\n");
    driver.enter("costudio", "echo 'tasks 1000\ntasks-cpu 1900'\n");
    const Ended ended = driver.run({"--json", "--rounds", "1", "--only", "tasks-two"});
    REQUIRE_MESSAGE(ended.code == 0, ended.errors);
    const auto json = nlohmann::json::parse(ended.output);
    CHECK(json["pinned_to_one_core"] == false);
    REQUIRE(json["rows"].size() == 2);
    CHECK(json["rows"][0]["ratio_to_floor"]["median"] == 4);
    CHECK(json["rows"][0]["aim"] == doctest::Approx(2.86));
    CHECK(json["rows"][0]["is_met"] == true);
    CHECK(json["rows"][1]["figures"]["costudio"]["median"] == doctest::Approx(1.9));
}

TEST_CASE("bench: an aim is judged by the ratios of the rounds, not by the ratio of what is usual") {
    const co::bench::Row row{"echo", "echo", "echo", co::bench::Unit::nanoseconds, co::bench::Aim{1.1, "floor", 1}};
    co::bench::Comparison comparison;
    for (const auto& [floor, ours] : {std::pair(1.0, 1.2), std::pair(2.0, 2.0), std::pair(4.0, 8.0)}) {
        comparison.add("echo", "floor", floor);
        comparison.add("echo", "costudio", ours);
    }
    CHECK(comparison.of_floor("echo")->median == doctest::Approx(1.2));
    CHECK(comparison.is_met(row) == false);  // although the medians of both are 2
    CHECK(co::bench::spread_of({5, 1, 2, 4, 3}).lower == 2);
    CHECK(co::bench::spread_of({5, 1, 2, 4, 3}).upper == 4);
    CHECK(co::bench::spread_of({1, 2}).median == 1.5);
}

TEST_CASE("bench: what the host took is read from the system's line") {
    const co::bench::Ticks ticks = co::bench::read_ticks("cpu  10 20 30 40 50 60 70 80 900 1000");
    CHECK(ticks.all == 360);
    CHECK(ticks.stolen == 80);
    CHECK(co::bench::read_ticks("cpu  10 20 30 40").stolen == 0);  // of a system that does not tell
    CHECK(co::bench::read_ticks("").all == 0);
    CHECK(co::bench::read_ticks("intr 1 2 3 4 5 6 7 8").all == 0);
    const double share = co::bench::StolenTime().share();
    CHECK(share >= 0);
    CHECK(share <= 1);
}
