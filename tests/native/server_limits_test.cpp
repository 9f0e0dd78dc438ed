// What the real machine runs short of: descriptors, and memory for those who do not read.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "tests/core/served.h"
#include "tests/native/example_program.h"
#include "tests/sanitized.h"

namespace co::test {
namespace {

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::size_t resident_bytes(ProcessId process) {
    std::ifstream file("/proc/" + std::to_string(static_cast<std::int32_t>(process)) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// Of a process and those that it started, and they in turn.
double cpu_seconds_of(pid_t process) {
    const std::string folder = "/proc/" + std::to_string(process);
    std::ifstream stat(folder + "/stat");
    std::string word;
    unsigned long user = 0;
    unsigned long system = 0;
    for (int field = 1; field < 14; ++field) stat >> word;  // proc(5); its name has no space
    stat >> user >> system;
    double seconds = static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    std::ifstream children(folder + "/task/" + std::to_string(process) + "/children");
    for (pid_t child = 0; children >> child;) seconds += cpu_seconds_of(child);
    return seconds;
}

/// What it has of the machine: pages in memory, and the tables that say where they are.
std::size_t cost_bytes(ProcessId process) {
    std::ifstream file("/proc/" + std::to_string(static_cast<std::int32_t>(process)) + "/status");
    std::size_t kib = 0;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:") || line.starts_with("VmPTE:")) kib += std::stoul(line.substr(6));
    return kib * 1024;
}

}  // namespace

SERVER_TEST("idle connections cost 16 KiB each at most, also when each has asked once") {
    const std::uint32_t count = times("COSTUDIO_IDLE", 1'000);
    for (ServerMode mode : {ServerMode::base, ServerMode::process}) {
        Served served;
        served.server.set({.mode = mode, .reactors = 2, .max_connections = count + 100});
        served.server.on_connect([](Connection from) { from.send("welcome"); });
        served.server.on_receive([](Connection from, std::string_view bytes) { from.send(bytes); });
        served.visit([&] {
            served.await_starts(1);
            std::vector<Visitor> idle;
            const auto cost_of_each = [&, before = cost_bytes(served.first_process)] {
                return (std::max(cost_bytes(served.first_process), before) - before) / count;
            };
            while (idle.size() < count) {  // many at a time: a busy machine gives each process its turn but seldom
                const std::size_t first = idle.size();
                while (idle.size() < count && idle.size() < first + 200) idle.push_back(served.connect());
                for (std::size_t i = first; i < idle.size(); ++i) CHECK(idle[i].hear(30s) == "welcome");
            }
            const std::size_t silent = cost_of_each();
            for (Visitor& visitor : idle) visitor.say("?");
            for (Visitor& visitor : idle) CHECK(visitor.hear(30s) == "?");
            const std::size_t asked = cost_of_each();
            if (!is_sanitized)
                CHECK_MESSAGE((silent <= 16'384 && asked <= 16'384),
                              count << " connections take " << silent << " bytes each, then " << asked);
        });
    }
}

SERVER_TEST("without a free descriptor accepting pauses, costs next to nothing meanwhile, and goes on within 2 s") {
    Served served;
    served.server.set({.mode = ServerMode::base});
    served.server.on_connect([](Connection from) { from.send("welcome"); });
    served.server.events().start = [] {
        const int next = dup(STDIN_FILENO);  // the lowest one that is free
        CHECK(close(next) == 0);
        const auto limit = static_cast<rlim_t>(next + 40);
        const rlimit few{.rlim_cur = limit, .rlim_max = limit};
        CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
    };
    served.server.on_receive([&](Connection, std::string_view) { served.say(std::to_string(cpu_seconds())); });
    served.visit([&] {
        std::vector<Visitor> inside;
        for (;;) {
            Visitor next = served.connect();
            if (next.hear(300ms) == "nothing") {
                REQUIRE_FALSE(inside.empty());
                const std::size_t told = served.said.size();
                inside.front().say("?");
                served.await_said(told + 1);
                co::sleep(1s);
                inside.front().say("?");
                served.await_said(told + 2);
                CHECK(std::stod(served.said[told + 1]) - std::stod(served.said[told]) < 0.2);
                inside.pop_back();
                CHECK(next.hear(2s) == "welcome");
                break;
            }
            REQUIRE(inside.size() < 64);
            inside.push_back(std::move(next));
        }
        CHECK(inside.size() > 30);
    });
    REQUIRE_FALSE(served.log.empty());
    CHECK(served.log[0].find("cannot accept: Too many open files") != std::string::npos);
}

TEST_CASE("linux: server: with 64 descriptors for each of its processes accepting pauses, and goes on within 2 s") {
    // The first keeps the half for itself; the mailboxes of the second take more than that.
    const std::vector<std::string> servers[] = {{"--mode", "base", "--workers", "1"},
                                                {"--workers", "3", "--reactors", "2"}};
    for (const auto& words : servers) {
        visit([&] {
            const Example example("echo_server", words, {}, 64);
            std::vector<Visitor> inside;
            for (;;) {
                Visitor next(example.connect());
                next.say("?");
                if (next.hear(200ms) == "nothing") {
                    REQUIRE_FALSE(inside.empty());
                    const double before = cpu_seconds_of(example.process());
                    co::sleep(200ms);
                    CHECK(cpu_seconds_of(example.process()) - before < 0.05);
                    inside.front().say("!");
                    CHECK(inside.front().hear() == "!");
                    inside.pop_back();
                    CHECK(next.hear(2s) == "?");
                    break;
                }
                REQUIRE(inside.size() < 64);
                inside.push_back(std::move(next));
            }
            CHECK(inside.size() > 15);
        });
    }
}

// On the simulated machine a message leaves its mailbox when it is read.
SERVER_TEST("a request that a worker had no room for yet when it was killed is answered by the one in its place") {
    Served served;
    served.server.set({.workers = 1, .framing = framing::eof("\n"), .max_coroutines = 1});
    served.server.on_receive([&](Connection from, std::string_view line) {
        if (line == "first\n") {
            served.say("begun");
            co::sleep(3600s);
        }
        from.send(line);
    });
    served.visit([&] {
        served.await_starts(1);
        Visitor first = served.connect();
        Visitor second = served.connect();
        first.say("first\n");
        served.await_said(1);
        second.say("second\n");
        CHECK(second.hear(100ms) == "nothing");  // the worker has it by now, and waits
        CHECK(bool(served.kernel->send_signal(served.process_of(0), Signal::kill)));
        CHECK(first.hear() == "reset");
        CHECK(second.hear() == "second\n");
    });
}

SERVER_TEST("100 MB for one who does not read take no more memory than the output buffer") {
    for (ServerMode mode : {ServerMode::base, ServerMode::process}) {
        Served served;
        served.server.set({.mode = mode});
        served.server.on_receive([&](Connection from, std::string_view) {
            const std::string megabyte(1 << 20, 'x');
            for (int i = 0; i < 100; ++i)
                if (!from.send(megabyte)) return;
        });
        served.visit([&] {
            served.await_starts(1);
            Visitor visitor = served.connect();
            visitor.say("?");
            const std::size_t before = resident_bytes(served.first_process);
            co::sleep(500ms);  // the server sends what it can
            if (!is_sanitized) CHECK(resident_bytes(served.first_process) < before + (16 << 20));
            if (!is_sanitized) CHECK(resident_bytes(served.process_of(0)) < before + (16 << 20));
            std::size_t got = 0;
            while (got < 100 << 20) {
                auto piece = visitor.stream().read_some(10s, 1 << 20);
                REQUIRE(piece.value_or("") != "");
                got += piece->size();
            }
            CHECK(got == 100 << 20);
            if (!is_sanitized) CHECK(resident_bytes(served.first_process) < before + (16 << 20));
        });
    }
}

}  // namespace co::test
