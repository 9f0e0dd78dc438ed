#include "bench/net/load_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "bench/net/pinned_process.h"

namespace co::bench {

LoadProcess::LoadProcess(const std::vector<std::string>& command) : name_(command.front()) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    output_ = ends[0];
    process_ = start_pinned(command, core_of_loads, ends[1]);
    close(ends[1]);
}

LoadProcess::~LoadProcess() {
    if (process_ != 0) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    close(output_);
}

void LoadProcess::signal_and_await(int signal, int change) {
    kill(process_, signal);
    int status = 0;
    if (waitpid(process_, &status, change) == process_ && (WIFSTOPPED(status) || WIFCONTINUED(status))) return;
    process_ = 0;
    throw std::runtime_error(name_ + " ended before it was told to:\n" + printed());
}

void LoadProcess::pause() { signal_and_await(SIGSTOP, WUNTRACED); }
void LoadProcess::go_on() { signal_and_await(SIGCONT, WCONTINUED); }

std::uint64_t LoadProcess::bytes_read() const {
    std::ifstream file("/proc/" + std::to_string(process_) + "/io");
    std::string name;
    std::uint64_t count = 0;
    if (!(file >> name >> count) || name != "rchar:")
        throw std::runtime_error("the system does not tell in /proc/PID/io what " + name_ + " has read");
    return count;
}

std::string LoadProcess::end() {
    kill(process_, SIGINT);
    kill(process_, SIGCONT);
    std::string text = printed();
    waitpid(process_, nullptr, 0);
    process_ = 0;
    return text;
}

std::string LoadProcess::printed() const {
    std::string text;
    char part[4096];
    for (ssize_t got; (got = read(output_, part, sizeof(part))) > 0;) text.append(part, static_cast<std::size_t>(got));
    return text;
}

}  // namespace co::bench
