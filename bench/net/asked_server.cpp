#include "bench/net/asked_server.h"

#include <stdexcept>
#include <thread>

namespace co::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A server answers what was sent before its load was stopped, and rests.
constexpr auto until_it_rests = 2ms;

}  // namespace

AskedServer::AskedServer(const std::vector<std::string>& server, std::uint16_t port,
                         const std::vector<std::string>& load, std::string_view question)
    : name_(server.front()), server_(server, port), answer_size_(server_.size_of_answer(question)), load_(load) {
    load_.pause();
}

Slice AskedServer::ask(std::chrono::milliseconds how_long) {
    const auto cpu_before = server_.cpu_time();
    const auto read_before = load_.bytes_read();
    const auto began = Clock::now();
    load_.go_on();
    std::this_thread::sleep_for(how_long);
    load_.pause();
    const std::chrono::nanoseconds wall = Clock::now() - began;
    std::this_thread::sleep_for(until_it_rests);
    const double answered = static_cast<double>(load_.bytes_read() - read_before) / static_cast<double>(answer_size_);
    if (answered < 1)
        throw std::runtime_error(name_ + " answered nothing in " + std::to_string(how_long.count()) + " ms");
    return {.cpu_ns = static_cast<double>((server_.cpu_time() - cpu_before).count()) / answered,
            .wall_ns = static_cast<double>(wall.count()) / answered};
}

}  // namespace co::bench
