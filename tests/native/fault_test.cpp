// System calls that fail: a server goes on, or says why it cannot; it neither hangs nor crashes.
#include "tests/native/example_program.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

struct Fault {
    const char* call;
    int error;
    unsigned every;
    const char* where = "";
};

std::string text_of(const Fault& fault) {
    return std::string(fault.call) + ' ' + std::to_string(fault.error) + ' ' + std::to_string(fault.every) + ' ' +
           fault.where;
}

/// Sees to it that a program meets that fault.
std::vector<std::pair<std::string, std::string>> environment(const Fault& fault) {
    return {{"LD_PRELOAD", std::string(COSTUDIO_BINARY_DIR) + "/tests/fault_shim.so"},
            {"COSTUDIO_FAULT", text_of(fault)}};
}

/// Whether one visit was answered; it may be cut off.
bool is_answered(const Example& example) {
    auto visitor = co::Stream::connect(example.address(), 2s);
    if (!visitor || !visitor->write_all("GET / HTTP/1.1\r\nHost: here\r\n\r\n")) return false;
    std::string all;
    for (;;) {
        auto piece = visitor->read_some(2s);
        if (!piece) CHECK_MESSAGE(piece.error() != std::errc::timed_out, "a visitor hangs");
        if (!piece || piece->empty()) return false;
        all += *piece;
        if (all.find("Hello from a coroutine.\n") != std::string::npos) return true;
    }
}

/// What a program prints on standard error, and how it ended.
struct Ended {
    int code;
    std::string errors;
};

Ended run_example(const std::string& name, const Fault& fault) {
    const auto file = std::filesystem::temp_directory_path() / ("costudio-fault-" + std::to_string(getpid()));
    std::string command;
    for (const auto& [variable, value] : environment(fault)) command += variable + "='" + value + "' ";
    command += "timeout 5 '" + std::string(COSTUDIO_BINARY_DIR) + "/examples/" + name + "' --port 0 >/dev/null 2>'" +
               file.string() + "'";
    const int status = std::system(("env " + command).c_str());
    std::ostringstream errors;
    errors << std::ifstream(file).rdbuf();
    std::filesystem::remove(file);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, errors.str()};
}

void visit_despite_faults(const char* mode) {
    const Fault faults[] = {
        {"recv", EINTR, 3},           {"recv", ECONNRESET, 20},     {"send", EINTR, 3},        {"send", EAGAIN, 4},
        {"send", EPIPE, 50},          {"send", ECONNRESET, 50},     {"accept4", EINTR, 2},     {"accept4", EMFILE, 3},
        {"accept4", ENOMEM, 3},       {"getpeername", ENOTCONN, 5}, {"shutdown", ENOTCONN, 2}, {"waitpid", EINTR, 2},
        {"accept4", ECONNABORTED, 2}, {"epoll_pwait2", EINTR, 2},
    };
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        visit([&] {
            const Example example("http_hello", {"--mode", mode, "--workers", "2"}, environment(fault));
            int answered = 0;
            for (int i = 0; i < 12; ++i) answered += is_answered(example);
            CHECK(answered >= 6);
        });
    }
}

}  // namespace

TEST_CASE("faults: calls that fail now and then cost a connection at most, in mode process") {
    visit_despite_faults("process");
}
TEST_CASE("faults: calls that fail now and then cost a connection at most, in mode base") {
    visit_despite_faults("base");
}

TEST_CASE("faults: a mailbox that fails now and then is read on") {
    for (const int error : {ECONNRESET, ENOMEM, ENOBUFS}) {
        const Fault fault{"recv", error, 7, "inside"};
        CAPTURE(text_of(fault));
        visit([&] {
            const Example example("http_hello", {"--workers", "2"}, environment(fault));
            for (int i = 0; i < 12; ++i) CHECK(is_answered(example));
        });
    }
}

TEST_CASE("faults: a mailbox that fails for good ends its process: the server ends whole, and says why") {
    const Ended ended = run_example("http_hello", {"recv", EIO, 1, "inside"});
    CHECK(ended.code == 1);
    CHECK(ended.errors.find("cannot read its mailbox: Input/output error: this process ends") != std::string::npos);
}

TEST_CASE("faults: what is missing at the start is said in one line, with its reason, and the exit code") {
    const Fault faults[] = {
        {"mmap", ENOMEM, 1},       {"socketpair", EMFILE, 1}, {"socket", EMFILE, 1},
        {"listen", EADDRINUSE, 1}, {"eventfd", EMFILE, 1},
    };
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        const Ended ended = run_example("http_hello", fault);
        CHECK(ended.code == 1);
        CHECK(ended.errors.find(std::generic_category().message(fault.error)) != std::string::npos);
        CHECK(std::ranges::count(ended.errors, '\n') == 1);
    }
}
