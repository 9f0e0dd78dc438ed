// What a service needs of Linux: a log that many processes share, and a daemon that has nothing to do with whoever
// started it.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <co/co.h>
#include <co/log_sink.h>

#include "tests/folder.h"
#include "tests/native/example_program.h"
#include "tests/native/on_linux.h"

namespace {

std::string read_whole(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
}

std::string after(const std::string& words, const std::string& text) {
    const std::size_t begin = text.find(words);
    if (begin == std::string::npos) return "none";
    return text.substr(begin + words.size(), text.find('\n', begin) - begin - words.size());
}

std::shared_ptr<co::LogSink> opened(co::Kernel& kernel, const co::LogOptions& options) {
    auto log = kernel.open_log(options);
    REQUIRE(bool(log));
    return *log;
}

std::string target(const std::string& process, int fd) {
    std::error_code none;
    return std::filesystem::read_symlink("/proc/" + process + "/fd/" + std::to_string(fd), none).string();
}

/// A daemon's end is nobody's business but its own, so it is looked for.
void await_end(co::ProcessId process) {
    co::LinuxKernel kernel;
    const co::TimePoint until = kernel.now() + 10s;
    while (kernel.is_alive(process)) REQUIRE(kernel.now() < until);
}

int status_of(const std::string& command) { return WEXITSTATUS(std::system(command.c_str())); }

}  // namespace

TEST_CASE("log: a line has the moment, its level, who said it, the process and the worker's number") {
    const co::tests::Folder folder;
    co::LinuxKernel kernel;
    const auto log = opened(kernel, {.file = folder.file("log"), .level = co::LogLevel::warning});
    log->write({.level = co::LogLevel::info, .who = "master", .process = co::ProcessId{7}, .text = "all is well"});
    log->write({.level = co::LogLevel::error, .who = "master", .process = co::ProcessId{7}, .text = "100% {tea}"});
    log->write({.level = co::LogLevel::warning,
                .who = "worker 3",
                .process = co::ProcessId{9},
                .worker = 2,
                .text = "is tired"});
    const std::string text = read_whole(folder.file("log"));
    CHECK(text.starts_with("20"));
    CHECK(text.substr(23, text.find('\n') - 23) == " error master (pid 7): 100% {tea}");
    CHECK(text.ends_with(" warning worker 3 (pid 9, worker 2): is tired\n"));
    CHECK(std::ranges::count(text, '\n') == 2);
}

TEST_CASE("log: a file that cannot be opened is refused with the reason") {
    co::LinuxKernel kernel;
    CHECK(kernel.open_log({.file = "/no/such/folder/log"}).error() == std::errc::no_such_file_or_directory);
}

TEST_CASE("log: processes that write and rotate at the same time lose and mix no line") {
    constexpr int writers = 4;
    constexpr int lines = 100;
    const co::tests::Folder folder;
    co::LinuxKernel kernel;
    const auto log = opened(kernel, {.file = folder.file("log"), .rotation_bytes = 1'000, .rotation_files = 900});
    for (int writer = 0; writer < writers; ++writer)
        REQUIRE(bool(kernel.spawn_process("writer", [&log, writer](co::Kernel& own) {
            for (int line = 0; line < lines; ++line)
                log->write({.who = "w",
                            .process = own.process_id(),
                            .text = "says " + std::to_string(writer) + '.' + std::to_string(line) + " to the end"});
            return 0;
        })));
    for (int ended = 0; ended < writers;) ended += kernel.reap_child().value_or(std::nullopt).has_value();
    std::set<std::string> found;
    int files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        ++files;
        CHECK(file.file_size() <= 1'000 + writers * 100);  // each may have looked just before another one wrote
        std::ifstream text(file.path());
        for (std::string line; std::getline(text, line);) {
            CHECK(line.ends_with(" to the end"));
            CHECK(found.insert(line.substr(line.find("says "))).second);
        }
    }
    CHECK(found.size() == writers * lines);
    CHECK(files > 10);
}

TEST_CASE("log: only so many old files are kept, and one that logrotate moved away is let go") {
    const co::tests::Folder folder;
    co::LinuxKernel kernel;
    const auto log = opened(kernel, {.file = folder.file("log"), .rotation_bytes = 100, .rotation_files = 2});
    for (int line = 0; line < 10; ++line) log->write({.who = "master", .text = std::string(60, 'x')});
    CHECK(std::filesystem::exists(folder.file("log.2")));
    CHECK_FALSE(std::filesystem::exists(folder.file("log.3")));
    std::filesystem::rename(folder.file("log"), folder.file("moved"));
    log->write({.who = "master", .text = "afterwards"});
    CHECK(after("): ", read_whole(folder.file("log"))) == "afterwards");
}

TEST_CASE("daemon: in a session of its own, without a terminal, with its output in the log") {
    const co::tests::Folder folder;
    const std::string program = std::string(COSTUDIO_BINARY_DIR) + "/examples/echo_server";
    const std::string words = " --port 0 --daemonize --pid-file '" + folder.file("pid") + "' --log-file '" +
                              folder.file("log") + "' >'" + folder.file("out") + "' 2>'" + folder.file("err") +
                              "' </dev/zero";
    const std::string command = program + words;
    REQUIRE(status_of(command) == 0);
    const std::string number = read_whole(folder.file("pid"));
    const auto daemon = co::ProcessId{std::stoi(number)};
    const auto process = static_cast<pid_t>(daemon);
    CHECK(getsid(process) == process);
    const std::string text = std::to_string(process);
    CHECK(target(text, 0) == "/dev/null");
    CHECK(target(text, 1) == folder.file("log"));
    CHECK(target(text, 2) == folder.file("log"));
    CHECK(read_whole(folder.file("out")).empty());
    CHECK(read_whole(folder.file("err")).empty());
    const std::string where =
        after("listening on 127.0.0.1:", read_whole(folder.file("log")));  // what the program printed
    visit([&] {
        auto visitor =
            co::Stream::connect(co::Address::ip4(127, 0, 0, 1, static_cast<std::uint16_t>(std::stoi(where))), 5s);
        REQUIRE(bool(visitor));
        CHECK(bool(visitor->write_all("tea")));
        CHECK(visitor->read_some(5s).value_or("") == "tea");
    });
    CHECK(status_of(command) == 1);
    CHECK(read_whole(folder.file("err")).find("process " + text + " is running; stop it first") != std::string::npos);
    CHECK(kill(process, SIGTERM) == 0);
    await_end(daemon);
    CHECK_FALSE(std::filesystem::exists(folder.file("pid")));
    CHECK(read_whole(folder.file("log")).ends_with("has stopped\n"));
}

TEST_CASE("pid file: held against a server that starts at the same moment, also when its number is not readable yet") {
    const co::tests::Folder folder;
    co::LinuxKernel one;
    co::LinuxKernel other;
    REQUIRE(bool(one.hold_file(folder.file("pid"), "")));
    CHECK(other.hold_file(folder.file("pid"), "2\n").error() == std::errc::device_or_resource_busy);
    CHECK(bool(one.release_file(folder.file("pid"))));
    CHECK_FALSE(std::filesystem::exists(folder.file("pid")));
    CHECK(bool(other.hold_file(folder.file("pid"), "2\n")));
    CHECK(read_whole(folder.file("pid")) == "2\n");
    CHECK(bool(other.release_file(folder.file("pid"))));
    CHECK(other.release_file(folder.file("pid")).error() == std::errc::no_such_file_or_directory);
}
