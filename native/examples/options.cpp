#include "native/examples/options.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <map>

#include <co/socket.h>

namespace co::examples {

Options::Options(const std::string& what_it_does, int argc, char** argv, const Defaults& defaults)
    : port(defaults.port), tasks(defaults.tasks) {
    const std::map<std::string, ServerMode> modes{{"process", ServerMode::process}, {"base", ServerMode::base}};
    CLI::App app(what_it_does);
    app.option_defaults()->always_capture_default();
    app.add_option("--host", host, "Where to listen: an address, a name, or the path of a Unix socket");
    app.add_option("--port", port, "0: any free one");
    app.add_option("--workers", workers, "Processes that run the events");
    app.add_option("--reactors", reactors, "Threads that own the connections, in mode process");
    app.add_option("--tasks", tasks, "Processes that run tasks");
    app.add_option("--connections", connections, "Most connections at once");
    app.add_option("--mode", mode, "process: reactors and workers; base: every worker accepts for itself")
        ->transform(CLI::CheckedTransformer(modes))
        ->default_str("process");
    app.add_flag("--daemonize", daemonize, "Serve in the background; returns once it does");
    app.add_option("--pid-file", pid_file, "Has the first process's number as long as the server runs");
    app.add_option("--log-file", log_file, "What happens, and a daemon's output; without it: standard error");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        std::exit(app.exit(stop));
    }
}

ServerSettings Options::settings(Framing framing) const {
    return {.mode = mode,
            .reactors = reactors,
            .workers = workers,
            .task_workers = tasks,
            .framing = std::move(framing),
            .max_connections = connections,
            .daemonize = daemonize,
            .pid_file = pid_file,
            .log_file = log_file};
}

void announce(Server& server) {
    server.events().start = [&server] {
        std::printf("listening on %s\n", to_string(server.address()).c_str());
        std::fflush(stdout);
    };
}

}  // namespace co::examples
