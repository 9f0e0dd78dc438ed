// Asks an echo server without a pause, until it is interrupted: so many connections, 64 bytes each time.
//
//     echo_load PORT CONNECTIONS
//
// It reads by read(2), so the system counts what it has read: /proc/PID/io.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::size_t question = 64;  // bytes

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

int connected_to(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) fail("connect");
    return fd;
}

void ask(int fd) {
    static const std::array<char, question> bytes{};
    if (send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(question)) fail("send");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 1;
    const int epoll = epoll_create1(0);
    std::vector<std::size_t> missing(1024, question);  // by descriptor, of the answer
    for (int i = 0; i < std::atoi(argv[2]); ++i) {
        const int fd = connected_to(static_cast<std::uint16_t>(std::atoi(argv[1])));
        missing.resize(std::max(missing.size(), static_cast<std::size_t>(fd) + 1), question);
        epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
        ask(fd);
    }
    std::array<epoll_event, 128> events;
    std::array<char, question> buffer;
    for (;;) {
        const int found = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < found; ++i) {
            const int fd = events[static_cast<std::size_t>(i)].data.fd;
            std::size_t& left = missing[static_cast<std::size_t>(fd)];
            const ssize_t got = read(fd, buffer.data(), left);
            if (got <= 0) fail("read");
            left -= static_cast<std::size_t>(got);
            if (left > 0) continue;
            left = question;
            ask(fd);
        }
    }
}
