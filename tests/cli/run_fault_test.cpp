// System calls that fail under a script on the real machine: it is told, and goes on.
#include <doctest/doctest.h>

#include <cerrno>

#include "tests/cli/program.h"

using namespace co::tests;

namespace {

constexpr const char* faulty_script = R"lua(
local function say(what, value, why)
  print(what .. ": " .. (value and "done" or why))
end
say("exec", co.exec("echo tea", 5))
say("read", co.read_file("/proc/self/stat", 5))
say("resolve", co.resolve("localhost", 5))
say("write", co.write_file(os.getenv("NOTE"), "tea", 5))
local child = Process(function() end)
say("start", child:start())
say("wait", child:wait())
)lua";

/// What the script says of each call while one of them fails: its name, the error's number, how often.
std::string said_despite(const std::string& fault) {
    const Folder folder;
    const Ended ended =
        costudio({"run", folder.write("script.lua", faulty_script)},
                 {"LD_PRELOAD=" COSTUDIO_FAULT_SHIM, "COSTUDIO_FAULT=" + fault, "NOTE=" + folder.file("note")});
    CHECK(ended.code == 0);
    CHECK(ended.errors.empty());
    return ended.output;
}

std::string of(const std::string& call, int error, int every) {
    return call + ' ' + std::to_string(error) + ' ' + std::to_string(every);
}

/// All is done but what is named here.
std::string all_but(const std::vector<std::pair<std::string, std::string>>& failed) {
    std::string text;
    for (const std::string what : {"exec", "read", "resolve", "write", "start", "wait"}) {
        std::string came = "done";
        for (const auto& [name, why] : failed)
            if (name == what) came = why;
        text += what + ": " + came + '\n';
    }
    return text;
}

}  // namespace

TEST_CASE("run: a system call that fails is told to the script that needed it, and to no other") {
    CHECK(said_despite(of("pipe2", EMFILE, 1)) == all_but({{"exec", "too many files"}}));
    CHECK(said_despite(of("posix_spawn", ENOMEM, 1)) == all_but({{"exec", "Cannot allocate memory"}}));
    CHECK(said_despite(of("pidfd_open", EMFILE, 1)) == all_but({{"exec", "too many files"}}));
    CHECK(said_despite(of("getaddrinfo", ENOMEM, 1)) == all_but({{"resolve", "Cannot allocate memory"}}));
    CHECK(said_despite(of("open", EMFILE, 1)) == all_but({{"read", "too many files"}, {"write", "too many files"}}));
    CHECK(said_despite(of("socketpair", EMFILE, 1)) ==
          all_but({{"start", "too many files"}, {"wait", "no such process"}}));
    CHECK(
        said_despite(of("pthread_create", EAGAIN, 1)) ==
        all_but({{"read", "too many processes"}, {"resolve", "too many processes"}, {"write", "too many processes"}}));
}

TEST_CASE("run: a system call that a signal interrupts is made again") {
    for (const char* call : {"read", "write", "waitid", "waitpid", "recv", "send", "epoll_pwait2"}) {
        CAPTURE(call);
        CHECK(said_despite(of(call, EINTR, 2)) == all_but({}));
    }
}
