// Answers every request with the same 24 bytes: what benchmarks of HTTP servers ask for.
//
//     build/dev/examples/http_hello --port 9505 --mode base &
//     curl http://127.0.0.1:9505/
#include <co/http_server.h>

#include "native/examples/options.h"

int main(int argc, char** argv) {
    const co::examples::Options options("Says hello to every HTTP request.", argc, argv, {.port = 9505});
    co::http::Server server(options.host, options.port);
    server.set(options.settings());
    server.on_request([](const co::http::Request&, co::http::Response& response) {
        response.header("Content-Type", "text/plain").end("Hello from a coroutine.\n");
    });
    co::examples::announce(server);
    return server.start();
}
