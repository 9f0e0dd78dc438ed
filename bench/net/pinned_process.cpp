#include "bench/net/pinned_process.h"

#include <sched.h>
#include <unistd.h>

#include <stdexcept>

namespace co::bench {
namespace {

[[noreturn]] void become(const std::vector<std::string>& command, int core, int output) {
    setpgid(0, 0);
    pin_to(core);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execvp(words[0], words.data());
    _exit(127);
}

}  // namespace

void pin_to(int core) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(core, &only);
    sched_setaffinity(0, sizeof(only), &only);
}

pid_t start_pinned(const std::vector<std::string>& command, int core, int output) {
    const pid_t process = fork();
    if (process < 0) throw std::runtime_error("cannot start another process");
    if (process == 0) become(command, core, output);
    setpgid(process, process);
    return process;
}

}  // namespace co::bench
