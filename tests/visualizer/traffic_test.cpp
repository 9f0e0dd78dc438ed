#include "visualizer/model/traffic.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/server_trace.h"
#include "visualizer/model/model.h"

using namespace co::studio;

namespace {

std::vector<std::string> titles_of_way(const Model& model, const Request& request) {
    std::vector<std::string> titles;
    for (const Arrow& hop : request.hops) {
        if (process_of(hop.from) != process_of(hop.to)) titles.push_back(model.processes()[process_of(hop.to)].title);
    }
    return titles;
}

}  // namespace

TEST_CASE("traffic: every message is followed from the step that sent it to the one that took it") {
    const Model model(server_trace());
    const auto& messages = model.traffic().messages();
    REQUIRE(messages.size() == 4);
    CHECK(model.text(messages[0].text) == "packet tea");
    CHECK(model.processes()[process_of(messages[0].from)].title == "reactor 0");
    CHECK(model.processes()[process_of(messages[0].to)].title == "worker 0");
    for (const Message& message : messages) CHECK(message.taken > message.sent);
    CHECK(model.traffic().message_at(messages[0].sent) == &messages[0]);
    CHECK(model.traffic().message_at(messages[0].taken) == &messages[0]);
}

TEST_CASE("traffic: a message waits for its part from when it was sent until it is taken") {
    const Model model(server_trace());
    const Message& packet = model.traffic().messages()[0];
    CHECK(model.traffic().waiting(packet.to_role, packet.sent - 1).empty());
    CHECK(model.traffic().waiting(packet.to_role, packet.sent).size() == 1);
    CHECK(model.traffic().waiting(packet.to_role, packet.taken).empty());
}

TEST_CASE("traffic: a request is followed from the reactor to the worker, the task worker and back") {
    const Model model(server_trace());
    REQUIRE(model.traffic().requests().size() == 1);
    const Request* request = model.traffic().request(1);
    REQUIRE(request);
    CHECK(model.text(request->text) == "tea");
    CHECK(titles_of_way(model, *request) ==
          std::vector<std::string>{"worker 0", "task worker 0", "worker 0", "reactor 0"});
    CHECK(model.traffic().request_at(model.traffic().messages()[1].sent) == 1);
    CHECK(model.traffic().request_at(1) == 0);
}

TEST_CASE("traffic: the coroutine of an event is at work for its request also while it waits") {
    const Model model(server_trace());
    const Request& request = model.traffic().requests().front();
    const Message& task = model.traffic().messages()[1];
    CHECK(works_for(request, task.from, task.sent + 2, task.sent + 3));
    const std::uint32_t manager = *model.processes().place_of(manager_number);
    CHECK_FALSE(works_for(request, joined_number(manager, 0), 0, UINT32_MAX));
}

TEST_CASE("traffic: a run with one process has none") {
    const Model model(lesson12_trace());
    CHECK(model.traffic().messages().empty());
    CHECK(model.traffic().requests().empty());
    CHECK(model.traffic().request(1) == nullptr);
}
