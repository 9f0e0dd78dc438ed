#include "bench/net/server_process.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

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

bool accepts(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const bool is_there = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(fd);
    return is_there;
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

[[noreturn]] void become(const std::vector<std::string>& command) {
    setpgid(0, 0);
    cpu_set_t first;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    sched_setaffinity(0, sizeof(first), &first);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execvp(words[0], words.data());
    _exit(127);
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

ServerProcess::ServerProcess(std::vector<std::string> command, std::uint16_t port) {
    group_ = fork();
    if (group_ < 0) throw std::runtime_error("cannot start another process");
    if (group_ == 0) become(command);
    setpgid(group_, group_);
    await(command.front(), port);
}

void ServerProcess::await(const std::string& program, std::uint16_t port) const {
    for (int look = 0; look < 500; ++look) {
        int status = 0;
        if (waitpid(group_, &status, WNOHANG) == group_)
            throw std::runtime_error(program + " ended before it served anybody");
        if (accepts(port)) return;
        std::this_thread::sleep_for(20ms);
    }
    kill(-group_, SIGKILL);
    throw std::runtime_error(program + " does not listen on port " + std::to_string(port));
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

}  // namespace co::bench
