// A chat: every line goes to everybody else. Connections belong to the whole server, so a worker reaches those that
// other workers talk to as well.
//
//     build/dev/examples/line_chat --port 9504 &
//     nc 127.0.0.1 9504                               # in two terminals
#include "native/examples/options.h"

int main(int argc, char** argv) {
    const co::examples::Options options("Passes every line on to all others.", argc, argv, {.port = 9504});
    co::Server server(options.host, options.port);
    server.set(options.settings(co::framing::eof("\n")));
    auto tell_others = [&](co::SessionId speaker, const std::string& line) {
        for (co::SessionId listener : server.connections())
            if (listener != speaker) server.send(listener, std::to_string(speaker) + line);
    };
    server.on_connect([=](co::Connection from) {
        from.send("you are " + std::to_string(from.fd()) + '\n');
        tell_others(from.fd(), " is here\n");
    });
    server.on_receive(
        [=](co::Connection from, std::string_view line) { tell_others(from.fd(), ": " + std::string(line)); });
    server.on_close([=](co::Connection from) { tell_others(from.fd(), " has gone\n"); });
    co::examples::announce(server);
    return server.start();
}
