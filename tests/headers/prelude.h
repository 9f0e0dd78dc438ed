// What stands before the examples of the public headers when they are compiled: the headers, and the names that an
// example takes from the program around it. They are declared only; nothing here runs.
#pragma once

#include <array>
#include <iostream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <co/bytes.h>
#include <co/co.h>
#include <co/datagram_socket.h>
#include <co/exit.h>
#include <co/linux_kernel.h>
#include <co/listener.h>
#include <co/log_sink.h>
#include <co/machine.h>
#include <co/overflow.h>
#include <co/reactor.h>
#include <co/relay.h>
#include <co/sim_kernel.h>
#include <co/socket.h>
#include <co/stream.h>
#include <co/subject.h>
#include <co/suggest.h>
#include <co/tcp_client.h>
#include <co/trace.h>
#include <co/udp_client.h>

#include <fmt/core.h>

// An example names a value only to show its type, and reuses short names.
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wshadow"

using namespace std::chrono_literals;

namespace example {

// the runtime, as a program has it at hand
extern co::Kernel& kernel;
extern co::Scheduler& scheduler;
extern co::WaitGroup group;
extern co::WaitPlace place;
extern co::WaitQueue waiters;
extern co::TimePoint expiry;
extern co::Fd fd;
extern co::Server& server;
extern std::uint16_t source;

// what it works on
struct Job {};
struct Player {
    void move();
    void look();
};
extern co::Channel<Job> jobs;
extern co::Channel<int> quit;
extern std::vector<Player> players;
extern std::unique_ptr<std::vector<std::string>> lines;
extern std::vector<std::string> urls;
extern std::map<std::string, std::string> bodies;
extern std::array<std::byte, 4096> buffer;

// what it does
void connect(co::Deadline);
void drink_up(const std::string& drink);
std::string fetch(const std::string& url);
void flush_logs();
void give_up();
void go_home();
void greet(const std::string& user);
std::size_t parse(std::string_view bytes);
void print(const std::unique_ptr<std::vector<std::string>>& lines);
void program();
int read();
std::size_t read_into(std::span<std::byte> room);
void report(const std::string& what);
void send(co::Deadline);
void stop();
void use(std::size_t bytes);
void work(const Job& job);
void write(int balance);

}  // namespace example
