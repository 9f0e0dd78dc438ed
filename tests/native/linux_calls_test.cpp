// Files, names and helper threads on the real machine; commands: linux_commands_test.cpp.
#include <co/linux_kernel.h>

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include <unistd.h>

#include <co/co.h>

#include "tests/native/on_linux.h"

using namespace std::chrono_literals;

TEST_CASE("linux: a helper thread makes the call, others run meanwhile on the scheduler's own thread") {
    CHECK(run_on_linux([] {
              const auto here = std::this_thread::get_id();
              std::promise<void> three_ticks;
              co::go([&] {
                  for (int tick = 0; tick < 3; ++tick) co::sleep(1ms);
                  three_ticks.set_value();
              });
              // It would wait for ever if the scheduler's thread waited for it.
              auto there = co::aside([&] {
                  three_ticks.get_future().wait();
                  return std::this_thread::get_id();
              });
              CHECK(*there != here);
              CHECK(std::this_thread::get_id() == here);
          }) == "");
}

TEST_CASE("linux: hundreds of calls from many coroutines all come back, each with its own answer") {
    CHECK(run_on_linux([] {
              co::WaitGroup group;
              int sum = 0;
              for (int call = 0; call < 300; ++call)
                  group.go([&, call] { sum += *co::aside([call] { return call; }); });
              CHECK(group.wait() == co::WaitStatus::ok);
              CHECK(sum == 300 * 299 / 2);
          }) == "");
}

TEST_CASE("linux: a call that came too late is dropped, and its helper is waited for at the end") {
    auto finished = std::make_shared<std::atomic<bool>>(false);
    CHECK(run_on_linux([finished] {
              auto slow = [finished] {
                  std::this_thread::sleep_for(30ms);
                  *finished = true;
              };
              CHECK(co::aside(slow, 1ms).error() == std::errc::timed_out);
          }) == "");
    CHECK(*finished);
}

TEST_CASE("linux: files are written and read whole, and what is wrong with a path is an error") {
    const co::tests::Folder folder;
    CHECK(run_on_linux([&] {
              const std::string path = folder.file("notes.txt"), text(300'000, 'x');
              REQUIRE(co::write_file(path, text));
              CHECK(*co::read_file(path) == text);
              REQUIRE(co::write_file(path, "short"));
              CHECK(*co::read_file(path) == "short");
              CHECK(co::read_file(folder.file("missing")).error() == std::errc::no_such_file_or_directory);
              CHECK(co::write_file(folder.file(""), "x").error() == std::errc::is_a_directory);
          }) == "");
}

TEST_CASE("linux: resolve() asks the system, and an address needs nobody") {
    CHECK(run_on_linux([] {
              auto here = co::resolve("localhost");
              REQUIRE(here);
              CHECK(here->front() == co::Address::ip4(127, 0, 0, 1, 0));
              CHECK(co::resolve("10.1.2.3")->front() == co::Address::ip4(10, 1, 2, 3, 0));
              CHECK_FALSE(co::resolve("no such name.invalid"));
          }) == "");
}
