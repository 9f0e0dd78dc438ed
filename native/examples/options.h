// What every example understands: --host --port --workers --reactors --tasks --mode base|process, and as a service
// --daemonize --pid-file --log-file.
//
//     const Options options("Sends back what it is sent.", argc, argv, {.port = 9501});
//     co::Server server(options.host, options.port);
//     server.set(options.settings());
#pragma once

#include <cstdint>
#include <string>

#include <co/server.h>

namespace co::examples {

struct Options {
    /// What each is when the command line does not say.
    struct Defaults {
        std::uint16_t port = 9501;
        std::uint32_t tasks = 0;
    };

    /// Ends the program after --help, or a mistake on the command line.
    Options(const std::string& what_it_does, int argc, char** argv, const Defaults& defaults);

    ServerSettings settings(Framing framing = {}) const;

    std::string host = "127.0.0.1";
    std::uint16_t port;
    std::uint32_t workers = 2;
    std::uint32_t reactors = 1;
    std::uint32_t tasks;
    std::uint32_t connections = 10'000;
    ServerMode mode = ServerMode::process;
    bool daemonize = false;
    std::string pid_file;
    std::string log_file;
};

/// Says on standard output where `server` listens, as soon as it does.
void announce(Server& server);

}  // namespace co::examples
