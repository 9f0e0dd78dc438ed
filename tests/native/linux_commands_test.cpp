// Commands on the real machine.
#include <co/linux_kernel.h>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <signal.h>
#include <unistd.h>

#include <co/co.h>

#include "tests/native/on_linux.h"

using namespace std::chrono_literals;

namespace {

std::string ran(std::string_view command) {
    auto result = co::exec(command);
    if (!result) return result.error().message();
    return std::to_string(result->exit_code) + ' ' + result->output;
}

/// Those of this process, alive or not reaped, as the system lists them: other tests may have left theirs.
std::string children() {
    const std::string self = std::to_string(::getpid());
    std::ifstream list("/proc/self/task/" + self + "/children");
    std::string line;
    std::getline(list, line);
    return line;
}

std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

}  // namespace

TEST_CASE("linux: exec gives exit code and output, and leaves neither descriptor nor child") {
    const std::string children_before = children();
    const std::size_t before = open_descriptors();
    CHECK(run_on_linux([] {
              CHECK(ran("echo hello 'big  world'; exit 3") == "3 hello big  world\n");
              CHECK(ran("cat") == "0 ");  // it has nothing to read
              CHECK(ran("frobnicate 2>/dev/null") == "127 ");
              CHECK(co::exec("kill -9 $$")->signal == co::Signal::kill);
              CHECK(co::exec("seq 200000")->output.size() == 1'288'895);
          }) == "");
    CHECK(open_descriptors() == before);
    CHECK(children() == children_before);
}

TEST_CASE("linux: exec parks the coroutine only, and at its deadline the command dies with what it started") {
    const std::string children_before = children();
    const co::tests::Folder folder;
    CHECK(run_on_linux([&] {
              const co::TimePoint start = co::now();
              int ticks = 0;
              co::go([&] {
                  co::sleep(5ms);
                  ++ticks;
              });
              const std::string command = "sleep 100 & echo $! > " + folder.file("child") + "; wait";
              CHECK(co::exec(command, {.deadline = 200ms}).error() == std::errc::timed_out);
              CHECK(ticks == 1);
              CHECK(co::now() - start < 10s);
              const auto child = static_cast<pid_t>(std::stol(*co::read_file(folder.file("child"))));
              // It is somebody else's child by now, who may take a moment to reap it.
              for (int tries = 0; tries < 500 && ::kill(child, 0) == 0; ++tries) {
                  auto stat = co::read_file("/proc/" + std::to_string(child) + "/stat");
                  if (!stat || stat->find(") Z ") != std::string::npos) return;
                  co::sleep(10ms);
              }
              CHECK(::kill(child, 0) != 0);
          }) == "");
    CHECK(children() == children_before);
}

TEST_CASE("linux: exec beyond its most output, or when the run ends, leaves no child") {
    const std::string children_before = children();
    CHECK(run_on_linux([] {
              CHECK(co::exec("yes", {.most_output = 100'000}).error() == std::errc::value_too_large);
              co::go([] { static_cast<void>(co::exec("sleep 100")); });
              co::sleep(1ms);
              co::Scheduler::current().stop("enough");
          }) == "stopped: enough\n");
    CHECK(children() == children_before);
}

TEST_CASE("linux: event.add calls for a command's output as it comes") {
    CHECK(run_on_linux([] {
              auto [left, right] = *co::Stream::pair();
              std::string got;
              co::event::add(left.fd(), [&, left = &left] {
                  got += *left->read_some();
                  if (got == "onetwo") co::event::del(left->fd());
              });
              CHECK(right.write_all("one"));
              co::sleep(2ms);
              CHECK(right.write_all("two"));
              while (got != "onetwo") co::sleep(1ms);
          }) == "");
}
