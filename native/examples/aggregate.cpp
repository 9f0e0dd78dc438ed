// A page made of what three services say. They are asked at once, so it takes as long as the slowest of them, not as
// all three together; and while it waits, its worker serves others. The services are ports of this same server.
//
//     build/dev/examples/aggregate --port 9507 &
//     curl http://127.0.0.1:9507/
#include <array>

#include <co/coroutine.h>
#include <co/http_server.h>
#include <co/tcp_client.h>
#include <co/wait_group.h>

#include "native/examples/options.h"

using namespace std::chrono_literals;

namespace {

struct Service {
    const char* answer;
    co::Duration takes;
};
constexpr std::array services = {Service{"user: ann", 100ms}, Service{"orders: 3", 150ms},
                                 Service{"weather: fine", 80ms}};

std::string ask(const co::Address& service) {
    co::TcpClient client({.framing = co::framing::eof("\n")});
    if (!client.connect(service, 2s) || !client.send("?\n")) return "nobody is there\n";
    return client.receive(2s).value_or("no answer in time\n");
}

}  // namespace

int main(int argc, char** argv) {
    const co::examples::Options options("Asks three services at once.", argc, argv, {.port = 9507});
    co::http::Server server(options.host, options.port);
    server.set(options.settings());
    for (std::size_t i = 0; i < services.size(); ++i)
        server.listen("127.0.0.1", 0, co::Transport::tcp, co::framing::eof("\n"));
    server.on_receive([&](co::Connection from, std::string_view) {
        const auto asker = server.client_info(from.fd());
        if (!asker) return;  // gone again
        const Service& service = services[asker->port - 1];
        co::sleep(service.takes);
        from.send(std::string(service.answer) + '\n');
    });
    server.on_request([&](const co::http::Request&, co::http::Response& response) {
        std::array<std::string, services.size()> answers;
        const co::TimePoint start = co::now();
        co::WaitGroup group;
        for (std::size_t i = 0; i < services.size(); ++i) group.go([&, i] { answers[i] = ask(server.address(i + 1)); });
        group.wait();
        std::string page;
        for (const std::string& answer : answers) page += answer;
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(co::now() - start);
        response.end(page + "in " + std::to_string(took.count()) + " ms\n");
    });
    co::examples::announce(server);
    return server.start();
}
