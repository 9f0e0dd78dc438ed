// Example: a program of build/<preset>/examples, started as a person would.
//
//     const Example example("echo_server", {"--mode", "base"});
//     co::Stream visitor = example.connect();                      // at its end it is asked to stop, and must exit 0
#pragma once

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/co.h>
#include <co/linux_kernel.h>
#include <co/stream.h>
#include <doctest/doctest.h>

using namespace std::chrono_literals;

/// From its "listening on …" to its exit code.
class Example {
  public:
    /// `environment`: variables that it gets beside those of this process, and their values. `descriptors`: how many
    /// each of its processes may have at most.
    Example(const std::string& name, std::vector<std::string> words,
            const std::vector<std::pair<std::string, std::string>>& environment = {},
            std::optional<rlim_t> descriptors = {}) {
        std::array<int, 2> output{};
        REQUIRE(pipe(output.data()) == 0);
        const std::string program = std::string(COSTUDIO_BINARY_DIR) + "/examples/" + name;
        words.insert(words.begin(), {program, "--port", "0"});
        process_ = fork();
        if (process_ == 0) {
            std::vector<char*> arguments;
            for (std::string& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            for (const auto& [variable, value] : environment) setenv(variable.c_str(), value.c_str(), 1);
            dup2(output[1], STDOUT_FILENO);
            close(output[0]);
            close(output[1]);
            const rlimit limit{.rlim_cur = descriptors.value_or(0), .rlim_max = descriptors.value_or(0)};
            if (descriptors && setrlimit(RLIMIT_NOFILE, &limit) != 0) _exit(126);
            execv(program.c_str(), arguments.data());
            _exit(127);
        }
        close(output[1]);
        std::string line;
        for (char byte = 0; read(output[0], &byte, 1) == 1 && byte != '\n';) line += byte;
        close(output[0]);
        REQUIRE(line.starts_with("listening on 127.0.0.1:"));
        port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    }
    Example(const Example&) = delete;
    Example& operator=(const Example&) = delete;
    ~Example() {
        kill(process_, SIGTERM);
        int status = 0;
        CHECK(waitpid(process_, &status, 0) == process_);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }

    pid_t process() const { return process_; }
    co::Address address() const { return co::Address::ip4(127, 0, 0, 1, port_); }
    co::Stream connect() const {
        auto stream = co::Stream::connect(address(), 5s);
        REQUIRE(bool(stream));
        return *std::move(stream);
    }

  private:
    pid_t process_ = 0;
    std::uint16_t port_ = 0;
};

/// Runs `visitors` as a program of its own.
inline void visit(co::Callable visitors) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    const co::RunReport report = scheduler.run(std::move(visitors));
    CHECK_MESSAGE(report.ok(), report.text());
}
