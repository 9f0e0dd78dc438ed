// The floor of network servers: an epoll loop in plain C style that does nothing but what the system asks for, one
// recv() and one send() for each request. It answers HTTP without looking at the request, or sends back what it got.
//
//     floor http|echo PORT
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>

namespace {

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 16:00:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: 24\r\n\r\n"
    "Hello from a coroutine.\n";

int listening_on(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 || listen(fd, 512) != 0) std::exit(1);
    return fd;
}

void watch(int epoll, int fd) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

void serve(int fd, bool is_http) {
    std::array<char, 16 * 1024> buffer;
    const ssize_t got = recv(fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        close(fd);
        return;
    }
    const std::string_view said(buffer.data(), static_cast<std::size_t>(got));
    const std::string_view whole = is_http ? answer : said;
    if (is_http && !said.ends_with("\r\n\r\n")) std::exit(2);  // a request in pieces: not what it is measured with
    if (send(fd, whole.data(), whole.size(), MSG_NOSIGNAL) < 0) close(fd);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 1;
    const bool is_http = std::string_view(argv[1]) == "http";
    const int listener = listening_on(static_cast<std::uint16_t>(std::atoi(argv[2])));
    const int epoll = epoll_create1(0);
    watch(epoll, listener);
    std::array<epoll_event, 128> events;
    for (;;) {
        const int found = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < found; ++i) {
            const int fd = events[static_cast<std::size_t>(i)].data.fd;
            if (fd == listener)
                watch(epoll, accept4(listener, nullptr, nullptr, SOCK_NONBLOCK));
            else
                serve(fd, is_http);
        }
    }
}
