// Every line is a task: a task worker takes its time over it, while the workers go on answering others.
//
//     build/dev/examples/task_server --port 9503 --tasks 4 &
//     printf 'one\ntwo\n' | nc -q 1 127.0.0.1 9503
#include <algorithm>
#include <chrono>

#include <co/blocking.h>

#include "native/examples/options.h"

using namespace std::chrono_literals;

int main(int argc, char** argv) {
    const co::examples::Options options("Turns every line round, in a task worker.", argc, argv,
                                        {.port = 9503, .tasks = 2});
    co::Server server(options.host, options.port);
    server.set(options.settings(co::framing::eof("\n")));
    server.on_receive([&](co::Connection from, std::string_view line) {
        line.remove_suffix(1);
        auto given = server.task(std::string(line), from.fd());
        if (!given) from.send("refused: " + given.error().message() + '\n');
    });
    server.on_task([](co::Task& task) {
        co::blocking::sleep(20ms);  // a task worker may: it has nothing else to do
        std::string turned = task.data();
        std::ranges::reverse(turned);
        task.finish(turned + '\n');
    });
    server.on_finish([&](const co::TaskResult& result) {
        const auto asker = static_cast<co::SessionId>(result.tag);
        server.send(asker, result.error ? "failed: " + result.error.message() + '\n' : result.data);
    });
    co::examples::announce(server);
    return server.start();
}
