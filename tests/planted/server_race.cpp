// A server two of whose threads count in one variable at the same moment, without a lock:
//
//     server_race reactors           two reactors, as a dispatch function may that forgets where it runs
//     server_race master             a reactor and the master's own thread
//     server_race worker             two helper threads of a worker, which is a forked process
//     server_race PLACE atomic       the same, with a counter that threads may share: nothing is wrong
#include <atomic>
#include <iostream>
#include <string_view>
#include <thread>

#include <co/aside.h>
#include <co/co.h>
#include <co/server.h>
#include <co/stream.h>

using namespace std::chrono_literals;

namespace {

enum class Place { reactors, master, worker };

struct Counters {
    int plain = 0;
    std::atomic<int> shared = 0;
};

struct Plan {
    Place place;
    bool is_right;
};

/// Waits until two are here, so that they count at the same moment; what they see of each other meanwhile orders
/// nothing, hence `relaxed`.
void meet_and_count(const Plan& plan) {
    static Counters counters;
    static std::atomic<int> here = 0;
    here.fetch_add(1, std::memory_order_relaxed);
    while (here.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
    if (plan.is_right)
        ++counters.shared;
    else
        counters.plain = counters.plain + 1;  // planted
}

void count_in_helpers(const Plan& plan) {
    co::WaitGroup both;
    for (int i = 0; i < 2; ++i) both.go([&plan] { static_cast<void>(co::aside([&plan] { meet_and_count(plan); })); });
    both.wait();
}

bool hears(co::Stream& visitor, std::string_view text) { return visitor.read_some(30s).value_or("") == text; }

/// One connection for each reactor that counts. They ask when each has its reactor, for one that counts takes no more.
bool visit(const co::Server& server, const Plan& plan) {
    std::vector<co::Stream> visitors;
    while (visitors.size() < (plan.place == Place::reactors ? 2 : 1)) {
        auto visitor = co::Stream::connect(server.address(), 5s);
        if (!visitor || !hears(*visitor, "welcome")) return false;
        visitors.push_back(*std::move(visitor));
    }
    for (co::Stream& visitor : visitors)
        if (!visitor.write_all("?")) return false;
    if (plan.place == Place::master) meet_and_count(plan);
    for (co::Stream& visitor : visitors)
        if (!hears(visitor, "counted")) return false;
    return true;
}

int serve(const Plan& plan) {
    co::Server server("127.0.0.1", 0);
    server.set({.reactors = 2, .workers = 1, .dispatch = co::DispatchPolicy::by_function});
    server.events().dispatch = [&](co::SessionId, std::string_view) {
        if (plan.place != Place::worker) meet_and_count(plan);
        return 0U;
    };
    server.on_connect([](co::Connection from) { from.send("welcome"); });
    server.on_receive([&](co::Connection from, std::string_view) {
        if (plan.place == Place::worker) count_in_helpers(plan);
        from.send("counted");
    });
    bool is_answered = false;
    server.events().start = [&] {
        co::go([&] {
            is_answered = visit(server, plan);
            server.shutdown();
        });
    };
    return server.start() == 0 && is_answered ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view place = argc > 1 ? argv[1] : "";
    const bool is_right = argc > 2 && argv[2] == std::string_view("atomic");
    if (place == "reactors") return serve({Place::reactors, is_right});
    if (place == "master") return serve({Place::master, is_right});
    if (place == "worker") return serve({Place::worker, is_right});
    std::cerr << "server_race reactors|master|worker [atomic]\n";
    return 2;
}
