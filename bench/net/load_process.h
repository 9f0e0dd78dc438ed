// LoadProcess: a program that asks a server without a pause, on the second core, and can be stopped and let go on: so
// servers can be measured in turns of milliseconds.
//
//     LoadProcess wrk(wrk_command(port, 100));
//     wrk.pause();
//     wrk.go_on();
//     … 40 ms …
//     wrk.pause();
//     wrk.bytes_read();      // since it began
//     failed_of_wrk(wrk.end());
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace co::bench {

class LoadProcess {
  public:
    explicit LoadProcess(const std::vector<std::string>& command);
    LoadProcess(const LoadProcess&) = delete;
    LoadProcess& operator=(const LoadProcess&) = delete;
    /// Kills it.
    ~LoadProcess();

    /// Both are there when they return: not one more question is sent, or it asks again. Throw std::runtime_error with
    /// what it printed when it ended by itself.
    void pause();
    void go_on();

    /// By read(2): what recv(2) brings, the system does not count.
    std::uint64_t bytes_read() const;

    /// Interrupts it. What it printed.
    std::string end();

  private:
    void signal_and_await(int signal, int change);
    std::string printed() const;

    std::string name_;
    int output_ = -1;
    pid_t process_ = 0;
};

}  // namespace co::bench
