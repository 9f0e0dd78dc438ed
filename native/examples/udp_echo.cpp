// Sends every datagram back to its sender. There is no connection, so each is an event of its own, in any worker.
//
//     build/dev/examples/udp_echo --port 9502 &
//     echo hello | nc -u -w 1 127.0.0.1 9502
#include "native/examples/options.h"

int main(int argc, char** argv) {
    const co::examples::Options options("Sends datagrams back to their sender.", argc, argv, {.port = 9502});
    co::Server server(options.host, options.port, co::Transport::udp);
    server.set(options.settings());
    server.on_packet([&](const co::DatagramFrom& from, std::string_view data) { server.send_to(from, data); });
    co::examples::announce(server);
    return server.start();
}
