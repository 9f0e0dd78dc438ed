// Counts visits, of each page and of all: in memory that all workers share, so it does not matter which of them
// answers.
//
//     build/dev/examples/counter --port 9506 --workers 4 &
//     curl http://127.0.0.1:9506/tea
#include <co/atomic.h>
#include <co/http_server.h>
#include <co/run.h>
#include <co/table.h>

#include "native/examples/options.h"

namespace {

int serve(const co::examples::Options& options) {
    co::Table pages(1024, {{"visits", co::ColumnType::integer}});  // before the workers are started
    co::AtomicLong all;
    const co::ColumnId visits = pages.column("visits");

    co::http::Server server(options.host, options.port);
    server.set(options.settings());
    server.on_request([&](const co::http::Request& request, co::http::Response& response) {
        const std::string page = request.target.substr(0, co::Table::longest_key);
        const auto here = pages.add(page, visits);
        if (!here) return void(response.status(503).end("no room for one more page\n"));
        response.header("Content-Type", "text/plain")
            .end(page + " was visited " + std::to_string(*here) + " times, all pages " + std::to_string(all.add()) +
                 ", says worker " + std::to_string(*server.worker_id()) + '\n');
    });
    co::examples::announce(server);
    return server.start();
}

}  // namespace

int main(int argc, char** argv) {
    const co::examples::Options options("Counts visits over all workers.", argc, argv, {.port = 9506});
    int exit_code = 0;
    const int failed = co::run([&] { exit_code = serve(options); });
    return failed ? failed : exit_code;
}
