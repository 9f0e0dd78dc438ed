#include "bench/net/server_process.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "bench/net/pinned_process.h"

namespace co::bench {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// -1 when nobody accepts.
int connected_to(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return fd;
    close(fd);
    return -1;
}

bool accepts(std::uint16_t port) {
    const int fd = connected_to(port);
    if (fd < 0) return false;
    close(fd);
    return true;
}

/// The fifth word of /proc/PID/stat, behind a name that may hold anything.
pid_t group_of(const fs::path& process) {
    std::ifstream file(process / "stat");
    std::string line;
    std::getline(file, line);
    std::istringstream words(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    std::string state;
    pid_t parent = 0;
    pid_t group = 0;
    words >> state >> parent >> group;
    return group;
}

std::chrono::nanoseconds cpu_time_of(const fs::path& process) {
    std::chrono::nanoseconds all{0};
    std::error_code gone;
    for (const auto& thread : fs::directory_iterator(process / "task", gone)) {
        std::ifstream file(thread.path() / "schedstat");
        std::chrono::nanoseconds::rep on_cpu = 0;
        if (file >> on_cpu) all += std::chrono::nanoseconds(on_cpu);
    }
    return all;
}

/// What comes for one question, until nothing comes any more.
std::size_t read_answer(int fd) {
    const timeval pause{.tv_sec = 0, .tv_usec = 200'000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &pause, sizeof(pause));
    std::size_t size = 0;
    char part[4096];
    for (ssize_t got; (got = recv(fd, part, sizeof(part), 0)) > 0;) size += static_cast<std::size_t>(got);
    return size;
}

}  // namespace

std::uint16_t free_port() {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const bool is_found = bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                          getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    close(fd);
    if (!is_found) throw std::runtime_error("there is no free port");
    return ntohs(address.sin_port);
}

ServerProcess::ServerProcess(const std::vector<std::string>& command, std::uint16_t port) : port_(port) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    group_ = start_pinned(command, core_of_servers, nowhere);
    close(nowhere);
    await(command.front());
}

void ServerProcess::await(const std::string& program) const {
    for (int look = 0; look < 500; ++look) {
        int status = 0;
        if (waitpid(group_, &status, WNOHANG) == group_)
            throw std::runtime_error(program + " ended before it served anybody");
        if (accepts(port_)) return;
        std::this_thread::sleep_for(20ms);
    }
    kill(-group_, SIGKILL);
    throw std::runtime_error(program + " does not listen on port " + std::to_string(port_));
}

ServerProcess::~ServerProcess() {
    kill(group_, SIGTERM);
    for (int look = 0; look < 100; ++look) {
        int status = 0;
        if (waitpid(group_, &status, WNOHANG) == group_) return;
        std::this_thread::sleep_for(20ms);
    }
    kill(-group_, SIGKILL);
    waitpid(group_, nullptr, 0);
}

std::chrono::nanoseconds ServerProcess::cpu_time() const {
    std::chrono::nanoseconds all{0};
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") == std::string::npos && group_of(entry.path()) == group_)
            all += cpu_time_of(entry.path());
    }
    return all;
}

std::size_t ServerProcess::size_of_answer(std::string_view question) const {
    const int fd = connected_to(port_);
    if (fd < 0) throw std::runtime_error("nobody accepts on port " + std::to_string(port_));
    const bool is_asked =
        send(fd, question.data(), question.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(question.size());
    const std::size_t size = is_asked ? read_answer(fd) : 0;
    close(fd);
    if (size == 0) throw std::runtime_error("no answer came from port " + std::to_string(port_));
    return size;
}

}  // namespace co::bench
