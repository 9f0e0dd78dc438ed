// A server under load while its workers are killed and replaced: what nobody may notice, and what may be lost.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// Workers that were killed, by their numbers.
struct Kills {
    std::string last;
    std::map<std::string, int> of;
};

/// Asks again and again on one connection, and on a new one when the server closes it, until it is told to stop. Each
/// answer begins with the number of its worker.
struct SteadyClient {
    int answered = 0;
    int closed = 0;
    int closed_unduly = 0;  // while that connection's worker was alive
    int wrong = 0;
    std::string worker;  // of this connection; "": not known yet
    const Kills* seen = nullptr;

    void run(Served& served, const bool& stops) {
        while (!stops) {
            auto stream = Stream::connect(served.address(), 5s);
            if (!stream) {
                ++wrong;
                continue;
            }
            Visitor visitor(*std::move(stream));
            worker.clear();
            while (!stops && ask(visitor)) continue;
        }
    }

    bool ask(Visitor& visitor) {
        const int before = times_killed();
        const std::string question = std::to_string(answered) + '\n';
        std::string answer;
        if (visitor.stream().write_all(question))
            for (std::string piece; !answer.ends_with('\n'); answer += piece) {
                piece = visitor.hear(10s);
                if (piece.empty() || piece == "reset" || piece == "nothing") break;
            }
        const bool is_answered = answer.ends_with(' ' + question);
        if (is_answered) {
            ++answered;
            worker = answer.substr(0, answer.find(' '));
        } else if (answer.empty()) {
            ++closed;
            // One who comes late to it may find that another one has been killed since.
            closed_unduly += !worker.empty() && seen && worker != seen->last && times_killed() == before;
        } else {
            ++wrong;
        }
        co::sleep(1ms);
        return is_answered;
    }

    int times_killed() const { return seen && seen->of.contains(worker) ? seen->of.at(worker) : 0; }
};

/// With -s: for docs/linux.md.
template <typename Clients>
void tell_figures(const Clients& clients, Duration slowest) {
    int answered = 0;
    int closed = 0;
    for (const SteadyClient& client : clients) {
        answered += client.answered;
        closed += client.closed;
    }
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(slowest).count();
    CHECK_MESSAGE(answered > 0,
                  answered << " answers, " << closed << " connections closed, the slowest replacement " << ms << " ms");
}

/// `action` while `clients` are at work; what became of them.
template <std::size_t count, typename Action>
std::array<SteadyClient, count> under_load(Served& served, const Kills* seen, Action action) {
    std::array<SteadyClient, count> clients;
    for (SteadyClient& client : clients) client.seen = seen;
    served.visit([&] {
        served.await_starts(served.server.settings().workers);
        bool stops = false;
        WaitGroup group;
        for (SteadyClient& client : clients) group.go([&] { client.run(served, stops); });
        action();
        stops = true;
        group.wait();
    });
    for (const SteadyClient& client : clients) {
        CHECK(client.wrong == 0);
        CHECK(client.answered > 0);
    }
    return clients;
}

void echo_lines(Served& served, ServerSettings settings) {
    settings.framing = framing::eof("\n");
    served.server.set(settings);
    served.server.on_receive([&](Connection from, std::string_view line) {
        co::sleep(2ms);
        from.send(std::to_string(*served.server.worker_id()) + ' ' + std::string(line));
    });
}

const std::uint32_t kills = times("COSTUDIO_KILLS", is_simulated ? 12 : 6);
const std::uint32_t reloads = times("COSTUDIO_RELOADS", is_simulated ? 20 : 4);
// Three ends of one worker within seconds, and its next start waits: see Manager::replace().
constexpr Duration between_kills = is_simulated ? 100ms : 400ms;

}  // namespace

SERVER_TEST("kill -9 of workers under load: each is replaced within 1 s, and costs at most what it was doing") {
    Served served;
    echo_lines(served, {.reactors = 2, .workers = 3});
    Kills done;
    Duration slowest{};
    const auto clients = under_load<6>(served, &done, [&] {
        for (std::uint32_t kill = 0; kill < kills; ++kill) {
            co::sleep(between_kills);
            const TimePoint killed = co::now();
            done.last = std::to_string(kill % 3);
            ++done.of[done.last];
            CHECK(bool(served.kernel->send_signal(served.process_of(kill % 3), Signal::kill)));
            served.await_starts(4 + kill);
            slowest = std::max(slowest, co::now() - killed);
        }
    });
    CHECK(is_within(slowest, Duration(1s)));
    for (const SteadyClient& client : clients) CHECK(client.closed_unduly == 0);
    CHECK(served.starts == 3 + kills);
    tell_figures(clients, slowest);
}

SERVER_TEST("reloads under load fail no request") {
    Served served;
    echo_lines(served, {.reactors = 2, .workers = 2});
    const auto clients = under_load<6>(served, nullptr, [&] {
        for (std::uint32_t reload = 0; reload < reloads; ++reload) {
            served.signal(Signal::user1);
            served.await_starts(2 + 2 * (reload + 1));
        }
    });
    for (const SteadyClient& client : clients) CHECK(client.closed == 0);
    CHECK(served.log.empty());
    tell_figures(clients, {});
}

SERVER_TEST("SIGTERM finishes what is in progress, and a stuck worker is killed after max_wait_time") {
    for (bool is_stuck : {false, true}) {
        Served served;
        served.server.set({.workers = 2, .max_wait_time = is_stuck ? Duration(300ms) : Duration(3s)});
        served.server.on_receive([&, is_stuck](Connection from, std::string_view) {
            served.say("begun");
            if (is_stuck) co::blocking::sleep(3600s);
            co::sleep(200ms);
            from.send("done");
        });
        Duration took{};
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            served.await_said(1);
            const TimePoint told = co::now();
            served.signal(Signal::terminate);
            CHECK(visitor.hear() == (is_stuck ? "reset" : "done"));
            took = co::now() - told;
        });
        CHECK(is_within(took, Duration(is_stuck ? 1300ms : 1200ms)));
    }
}

}  // namespace co::test
