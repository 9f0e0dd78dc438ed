// The example programs, each started as a person would and visited.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <co/co.h>
#include <co/datagram_socket.h>
#include <co/linux_kernel.h>
#include <co/stream.h>
#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

/// A program of build/<preset>/examples, from its "listening on …" to its exit code.
class Example {
  public:
    Example(const std::string& name, std::vector<std::string> words) {
        std::array<int, 2> output{};
        REQUIRE(pipe(output.data()) == 0);
        const std::string program = std::string(COSTUDIO_BINARY_DIR) + "/examples/" + name;
        words.insert(words.begin(), {program, "--port", "0"});
        process_ = fork();
        if (process_ == 0) {
            std::vector<char*> arguments;
            for (std::string& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            dup2(output[1], STDOUT_FILENO);
            close(output[0]);
            close(output[1]);
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

std::string heard(co::Stream& stream, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) {
        auto piece = stream.read_some(5s);
        if (!piece || piece->empty()) break;
        all += *piece;
    }
    return all;
}

/// Whether these words arrive; others may come before them, and with them.
bool hears(co::Stream& stream, std::string_view words) {
    std::string all;
    while (all.find(words) == std::string::npos) {
        auto piece = stream.read_some(5s);
        if (!piece || piece->empty()) return false;
        all += *piece;
    }
    return true;
}

void visit(co::Callable visitors) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    const co::RunReport report = scheduler.run(std::move(visitors));
    CHECK_MESSAGE(report.ok(), report.text());
}

}  // namespace

TEST_CASE("example: echo_server answers, in both modes") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("echo_server", {"--mode", mode, "--workers", "2"});
            for (int i = 0; i < 4; ++i) {
                co::Stream visitor = example.connect();
                CHECK(bool(visitor.write_all("hello")));
                CHECK(heard(visitor, 5) == "hello");
            }
        });
}

TEST_CASE("example: udp_echo answers each datagram") {
    visit([] {
        const Example example("udp_echo", {});
        auto visitor = co::DatagramSocket::connect(example.address());
        REQUIRE(bool(visitor));
        CHECK(bool(visitor->send("ping")));
        auto answer = visitor->receive(5s);
        REQUIRE(bool(answer));
        CHECK(answer->bytes == "ping");
    });
}

TEST_CASE("example: task_server runs tasks side by side") {
    visit([] {
        const Example example("task_server", {"--tasks", "2"});
        co::Stream visitor = example.connect();
        CHECK(bool(visitor.write_all("abc\nxyz\n")));
        const std::string answers = heard(visitor, 8);
        CHECK((answers == "cba\nzyx\n" || answers == "zyx\ncba\n"));
    });
}

TEST_CASE("example: line_chat tells all others, whichever worker they talk to") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("line_chat", {"--mode", mode, "--workers", "2"});
            std::vector<co::Stream> visitors;
            for (int i = 0; i < 3; ++i) {
                visitors.push_back(example.connect());
                // Another worker may greet this visitor first: "1 is here" is no wrong order.
                CHECK(hears(visitors.back(), "you are " + std::to_string(i + 1) + '\n'));
            }
            CHECK(bool(visitors[2].write_all("hello\n")));
            for (std::size_t listener : {0u, 1u}) CHECK(hears(visitors[listener], "3: hello\n"));
        });
}
