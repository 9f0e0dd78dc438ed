// Sends every client what it sent.
//
//     build/dev/examples/echo_server --port 9501 --workers 2 &
//     echo hello | nc -N 127.0.0.1 9501
#include "native/examples/options.h"

int main(int argc, char** argv) {
    const co::examples::Options options("Sends back what it is sent.", argc, argv, {.port = 9501});
    co::Server server(options.host, options.port);
    server.set(options.settings());
    server.on_receive([](co::Connection from, std::string_view bytes) { from.send(bytes); });
    co::examples::announce(server);
    return server.start();
}
