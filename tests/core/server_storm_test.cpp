// A busy server over many seeds: clients, tasks, reloads, kills. Whatever the order in which things happen, a request
// is answered once or its connection is closed, and nothing is left over.
#include <array>
#include <cstdlib>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// Asks one question after the other; counts what became of them.
struct StormClient {
    int asked = 0;
    int answered = 0;
    int closed = 0;
    std::vector<std::string> wrong;

    void run(Served& served, int name) {
        for (int question = 0; question < 6; ++question) {
            auto stream = Stream::connect(served.address(), 5s);
            if (!stream) continue;
            Visitor visitor(*std::move(stream));
            for (int again = 0; again < 2; ++again) {
                const std::string text = std::to_string(name) + '.' + std::to_string(question * 2 + again) + '\n';
                ++asked;
                if (!visitor.stream().write_all(text)) {
                    ++closed;
                    break;
                }
                std::string answer;
                std::string piece;
                while (!answer.ends_with('\n') && !(piece = visitor.hear(30s)).empty() && piece != "reset") {
                    answer += piece;
                    if (piece == "nothing") break;
                }
                if (answer == text)
                    ++answered;
                else if (answer.empty())
                    ++closed;
                else
                    wrong.push_back("asked " + text + " heard " + answer);
                if (answer != text) break;
            }
        }
    }
};

/// COSTUDIO_SEEDS=100000 searches longer.
std::uint64_t how_many() {
    const char* asked = std::getenv("COSTUDIO_SEEDS");
    return asked ? std::strtoull(asked, nullptr, 10) : is_simulated ? 150 : 20;
}

void storm(std::uint64_t seed, ServerMode mode) {
    CAPTURE(seed);
    Served served(seed);
    served.server.set({.mode = mode,
                       .reactors = 2,
                       .workers = 3,
                       .task_workers = 2,
                       .dispatch = DispatchPolicy::round_robin,
                       .framing = framing::eof("\n"),
                       .max_request = 9,
                       .max_wait_time = 200ms});
    served.server.on_receive([&](Connection from, std::string_view line) {
        co::sleep(Duration(Scheduler::current().kernel().random() % 3'000'000));
        if (line.size() % 2 == 0) {
            auto answer = served.server.task_wait(std::string(line), 10s);
            if (!answer) return static_cast<void>(from.close(true));
            from.send(*answer);
        } else {
            from.send(line);
        }
    });
    served.server.on_task([&](Task& task) {
        co::blocking::compute(1ms);
        task.finish(task.data());
    });
    std::array<StormClient, 4> clients;
    served.visit([&] {
        WaitGroup group;
        for (std::size_t i = 0; i < clients.size(); ++i)
            group.go([&, i] { clients[i].run(served, static_cast<int>(i)); });
        group.go([&] {
            for (int kill = 0; kill < 3; ++kill) {
                co::sleep(7ms);
                served.kill_some_worker();
            }
        });
        group.go([&] {
            co::sleep(10ms);
            served.signal(Signal::user1);
        });
        group.wait();
    });
    for (const StormClient& client : clients) {
        for (const std::string& wrong : client.wrong) FAIL_CHECK(wrong);
        CHECK(client.asked == client.answered + client.closed);
        CHECK(client.answered > 0);
    }
}

}  // namespace

SERVER_TEST("storm: over many seeds each request is answered once or its connection closed, in PROCESS mode") {
    for (std::uint64_t seed = 0; seed < how_many(); ++seed) storm(seed, ServerMode::process);
}

SERVER_TEST("storm: the same in BASE mode") {
    for (std::uint64_t seed = 0; seed < how_many(); ++seed) storm(seed, ServerMode::base);
}

}  // namespace co::test
