// AskedServer: a server and the program that asks it. Both stand still, but for the slices of time in which it is their
// turn: so many servers are measured side by side, and what slows the machine for a while slows all of them.
//
//     AskedServer floor({"contest/net/floor", "http", "9501"}, 9501, wrk_command(9501, 100), question);
//     Slice slice = floor.ask(40ms);
//     slice.cpu_ns;           // of the server, for each answer
//     floor.end();            // what the load printed
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench/net/load_process.h"
#include "bench/net/server_process.h"

namespace co::bench {

/// For each answer.
struct Slice {
    double cpu_ns = 0;
    double wall_ns = 0;
};

class AskedServer {
  public:
    /// `question`: what the load asks, of which every answer is as long as the first. Throws std::runtime_error when
    /// the server does not answer.
    AskedServer(const std::vector<std::string>& server, std::uint16_t port, const std::vector<std::string>& load,
                std::string_view question);

    /// Throws std::runtime_error when nothing was answered meanwhile.
    Slice ask(std::chrono::milliseconds how_long);

    /// What the load printed; the last that can be asked of it.
    std::string end() { return load_.end(); }

  private:
    std::string name_;
    ServerProcess server_;
    std::size_t answer_size_;
    LoadProcess load_;
};

}  // namespace co::bench
