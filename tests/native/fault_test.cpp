// System calls that fail: a server goes on, or says why it cannot; it neither hangs nor crashes.
#include "tests/native/example_program.h"

#include <co/datagram_socket.h>

#include "tests/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
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
    return {{"LD_PRELOAD", COSTUDIO_FAULT_SHIM}, {"COSTUDIO_FAULT", text_of(fault)}};
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

Ended run_example(const std::string& name, const Fault& fault, const std::string& words = "") {
    const auto file = std::filesystem::temp_directory_path() / ("costudio-fault-" + std::to_string(getpid()));
    std::string command = "timeout 5 env ";  // timeout itself is to meet no fault
    for (const auto& [variable, value] : environment(fault)) command += variable + "='" + value + "' ";
    command += "'" + std::string(COSTUDIO_BINARY_DIR) + "/examples/" + name + "' --port 0 " + words +
               " >/dev/null 2>'" + file.string() + "'";
    const int status = std::system(command.c_str());
    std::ostringstream errors;
    errors << std::ifstream(file).rdbuf();
    std::filesystem::remove(file);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, errors.str()};
}

void visit_despite(std::span<const Fault> faults, const char* mode) {
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

constexpr Fault of_connections[] = {
    {"recv", EINTR, 3},           {"recv", ECONNRESET, 20},     {"send", EINTR, 3},        {"send", EAGAIN, 4},
    {"send", EPIPE, 50},          {"send", ECONNRESET, 50},     {"accept4", EINTR, 2},     {"accept4", EMFILE, 3},
    {"accept4", ENOMEM, 3},       {"getpeername", ENOTCONN, 5}, {"shutdown", ENOTCONN, 2}, {"waitpid", EINTR, 2},
    {"accept4", ECONNABORTED, 2}, {"epoll_pwait2", EINTR, 2},
};
/// What the system has too little of for a moment, does not know, or does not allow.
constexpr Fault of_the_system[] = {
    {"send", ENOBUFS, 3},    {"send", ENOMEM, 4},         {"epoll_ctl", ENOMEM, 5},   {"epoll_ctl", ENOSPC, 7},
    {"fork", EAGAIN, 3},     {"epoll_pwait2", ENOSYS, 1}, {"epoll_pwait2", EPERM, 1}, {"write", EINTR, 2},
    {"getrandom", EINTR, 2}, {"pidfd_open", ENOSYS, 1},   {"getsockopt", ENOBUFS, 3},
};

/// Until six datagrams were answered; what was lost is sent again.
int answered_datagrams(const Example& example) {
    auto socket = co::DatagramSocket::open(co::Address::ip4(127, 0, 0, 1, 0));
    REQUIRE(bool(socket));
    int answered = 0;
    for (int sent = 0; sent < 100 && answered < 6; ++sent) {
        CHECK(bool(socket->send_to("tea", example.address())));
        answered += bool(socket->receive(100ms));
    }
    return answered;
}

/// What the page says that a server puts together from three others; "" when there was none.
std::string page_of(const Example& example) {
    auto visitor = co::Stream::connect(example.address(), 2s);
    if (!visitor || !visitor->write_all("GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")) return "";
    std::string all;
    for (;;) {
        auto piece = visitor->read_some(5s);
        if (!piece || piece->empty()) return all;
        all += *piece;
    }
}

}  // namespace

TEST_CASE("faults: calls that fail now and then cost a connection at most, in mode process") {
    visit_despite(of_connections, "process");
}
TEST_CASE("faults: calls that fail now and then cost a connection at most, in mode base") {
    visit_despite(of_connections, "base");
}
TEST_CASE("faults: what the system lacks for a moment costs a moment, in mode process") {
    visit_despite(of_the_system, "process");
}
TEST_CASE("faults: what the system lacks for a moment costs a moment, in mode base") {
    visit_despite(of_the_system, "base");
}

TEST_CASE("faults: a datagram that cannot be received or sent is lost, those after it are not") {
    const Fault faults[] = {
        {"recvfrom", EINTR, 2}, {"recvfrom", ECONNREFUSED, 3}, {"recvfrom", ENOMEM, 3},
        {"sendto", EINTR, 2},   {"sendto", ECONNREFUSED, 3},   {"sendto", ENOBUFS, 3},
    };
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        visit([&] {
            const Example example("udp_echo", {"--workers", "2"}, environment(fault));
            CHECK(answered_datagrams(example) == 6);
        });
    }
}

TEST_CASE("faults: a client's connection that cannot be made is told to the program, and the page comes all the same") {
    const Fault faults[] = {{"connect", EADDRNOTAVAIL, 2}, {"connect", ECONNREFUSED, 2}, {"socket", EMFILE, 5}};
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        visit([&] {
            const Example example("aggregate", {"--workers", "2"}, environment(fault));
            const std::string page = page_of(example);
            CHECK(page.find("weather: fine") != std::string::npos);
            CHECK(page.find("nobody is there") != std::string::npos);
        });
    }
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
        {"mmap", ENOMEM, 1},         {"socketpair", EMFILE, 1},     {"socket", EMFILE, 1},
        {"listen", EADDRINUSE, 1},   {"eventfd", EMFILE, 1},        {"epoll_create1", EMFILE, 1},
        {"epoll_ctl", ENOSPC, 1},    {"bind", EACCES, 1},           {"setsockopt", ENOBUFS, 1},
        {"fork", EAGAIN, 1},         {"mmap", ENOMEM, 2},           {"socketpair", EMFILE, 5},
        {"getsockname", ENOBUFS, 1}, {"pthread_create", EAGAIN, 1}, {"pthread_create", EAGAIN, 2},
    };
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        const Ended ended = run_example("http_hello", fault, "--reactors 2");
        CHECK(ended.code == 1);
        CHECK(ended.errors.find(std::generic_category().message(fault.error)) != std::string::npos);
        CHECK(std::ranges::count(ended.errors, '\n') == 1);
    }
}

TEST_CASE("faults: what a service is missing is said in one line, and its pid file is not left behind") {
    const Fault faults[] = {{"flock", ENOLCK, 1}, {"ftruncate", EIO, 1}, {"open", EMFILE, 1},
                            {"write", ENOSPC, 1}, {"dup2", EMFILE, 1},   {"open", EACCES, 3}};
    for (const Fault& fault : faults) {
        CAPTURE(text_of(fault));
        const co::tests::Folder folder;
        const std::string pid_file = folder.file("pid");
        const Ended ended = run_example(
            "echo_server", fault, "--daemonize --pid-file '" + pid_file + "' --log-file '" + folder.file("log") + "'");
        CHECK(ended.code == 1);
        CHECK(ended.errors.find(std::generic_category().message(fault.error)) != std::string::npos);
        CHECK(std::ranges::count(ended.errors, '\n') == 1);
        // Without its lock nobody may say that it is his.
        if (fault.error != ENOLCK) CHECK_FALSE(std::filesystem::exists(pid_file));
    }
}
