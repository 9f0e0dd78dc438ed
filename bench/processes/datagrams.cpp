// Tasks as servers send them without shared memory: a pair of Unix datagram sockets, one write and one read for each
// task and for each result, in two processes that block.
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <csignal>

#include "bench/processes/pair.h"

namespace {

using namespace co::bench;

using Record = std::array<char, task_bytes>;

void send_one(int fd, const Record& record) {
    if (write(fd, record.data(), record.size()) != static_cast<ssize_t>(record.size())) std::exit(1);
}

void take_one(int fd, Record& record) {
    if (read(fd, record.data(), record.size()) != static_cast<ssize_t>(record.size())) std::exit(1);
}

void exchange(const Exchange& how) {
    const Places places(how.cores);
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends.data()) != 0) std::exit(1);
    const pid_t other = fork();
    if (other < 0) std::exit(1);
    places.take(other == 0 ? 1 : 0);
    Record record{};
    if (other == 0)
        for (;;) {
            take_one(ends[1], record);
            send_one(ends[1], record);
        }
    for (std::size_t i = 0; i < how.at_once; ++i) send_one(ends[0], record);
    const auto finish = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            take_one(ends[0], record);
            send_one(ends[0], record);
        }
    };
    finish(how.in_all / 10);
    const Stopwatch watch({getpid(), other});
    finish(how.in_all);
    watch.report(how);
    kill(other, SIGKILL);
    waitpid(other, nullptr, 0);
}

}  // namespace

int main(int argc, char** argv) {
    return contest(argc, argv,
                   {{"tasks-two", [] { exchange(tasks_on_two); }},
                    {"tasks-one", [] { exchange(tasks_on_one); }},
                    {"wait-two", [] { exchange(waits_on_two); }},
                    {"wait-one", [] { exchange(waits_on_one); }}});
}
