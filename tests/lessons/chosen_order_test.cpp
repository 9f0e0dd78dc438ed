#include "lessons/host/chosen_order.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "lessons/host/saved_run.h"
#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

// Three coroutines that stand in the ready queue together, in this order, after step 9.
constexpr const char* three_ready = "for i = 1, 3 do go(function() co.sleep(0) print(i) end) end print('main')";

SimOptions with(const std::string& schedule, std::uint64_t seed = 0) {
    return {.seed = seed, .schedule = parse_schedule(schedule)};
}

/// The step at which the loop runs somebody for the `nth` time.
std::uint32_t nth_run(const RunResult& run, int nth) {
    std::uint32_t step = 0;
    for (const auto& event : run.trace.events) {
        if (!co::trace::is_step(event.kind)) continue;
        ++step;
        if (event.kind == co::trace::EventKind::run && --nth == 0) return step;
    }
    return 0;
}

const std::string chosen_echo = R"lua(
local server = tcp.Server("0.0.0.0", 9501)
server:set{worker_num = 1}
server:on("receive", function(server, fd, _, data) server:send(fd, data) end)
server:start())lua";

const std::string phone = R"lua(
world.on("phone", function()
  local c = tcp.Client()
  c:connect("app", 9501)
  for i = 1, 2 do
    c:send("tea " .. i)
    local got, why = c:recv(3)
    print(now(), got, why)
    co.sleep(0.1)
  end
end))lua";

/// The first step of that kind whose text begins so.
std::uint32_t step_of(const RunResult& run, co::trace::EventKind kind, std::string_view text) {
    std::uint32_t step = 0;
    for (const auto& event : run.trace.events) {
        step += co::trace::is_step(event.kind);
        if (event.kind == kind && run.trace.text(event).starts_with(text)) return step;
    }
    return 0;
}

std::uint32_t object_of(const RunResult& run, co::trace::EventKind kind, std::string_view text) {
    for (const auto& event : run.trace.events)
        if (event.kind == kind && run.trace.text(event) == text) return event.object;
    return 0;
}

std::size_t count(const RunResult& run, co::trace::EventKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count(run.trace.events, kind, [](const co::trace::Event& event) { return event.kind; }));
}

}  // namespace

TEST_CASE("chosen order: who was woken first, where nothing is chosen") {
    CHECK(output_of(three_ready) == "main\n1\n2\n3\n");
}

TEST_CASE("chosen order: the chosen one runs next, the others keep their order") {
    const std::uint32_t first = nth_run(run_script(three_ready), 1);
    const std::string step = std::to_string(first);
    CHECK(output_of(three_ready, with(step + ":3")) == "main\n3\n1\n2\n");
    CHECK(output_of(three_ready, with(step + ":2")) == "main\n2\n1\n3\n");
    CHECK(output_of(three_ready, with(step + ":1")) == "main\n1\n2\n3\n");
}

TEST_CASE("chosen order: one schedule, one history, and what comes before the choice is as it was") {
    const RunResult plain = run_script(three_ready);
    const std::uint32_t first = nth_run(plain, 1);
    const SimOptions options = with(std::to_string(first) + ":3");
    const RunResult chosen = run_script(three_ready, options);
    CHECK(hash(chosen.trace) == hash(run_script(three_ready, options).trace));
    CHECK(hash(chosen.trace) != hash(plain.trace));
    std::size_t same = 0;
    while (plain.trace.events[same] == chosen.trace.events[same]) ++same;
    CHECK(plain.trace.events[same].kind == co::trace::EventKind::run);
}

TEST_CASE("chosen order: a choice that can't be made is told, and the run goes its usual way") {
    const RunResult plain = run_script(three_ready);
    const std::string step = std::to_string(nth_run(plain, 1));
    const std::string remedy = " Choose anew";
    const RunResult absent = run_script(three_ready, with(step + ":9"));
    REQUIRE(absent.findings.size() == 1);
    CHECK(absent.findings[0].kind == FindingKind::schedule);
    CHECK(absent.findings[0].what ==
          "The choice " + step + ":9 can't be made: co#9 is not ready then; ready are co#1, co#2, co#3.");
    CHECK(absent.output == plain.output);
    CHECK(run_script(three_ready, with("2:1")).findings[0].what.starts_with("The choice 2:1 can't be made: nobody is"));
    CHECK(run_script(three_ready, with("999:1"))
              .findings[0]
              .what.starts_with("The choice 999:1 can't be made: the run ended after "));
    CHECK_FALSE(absent.ok());
}

TEST_CASE("chosen order: from a step on chance starts from another seed") {
    const std::string script = "print(math.random(1000)) co.sleep(1) print(math.random(1000))";
    const std::string first_of_seed_7 = output_of("print(math.random(1000))", {.seed = 7});
    const std::string plain = output_of(script);
    const std::string forked = output_of(script, with("3:seed7"));
    CHECK(forked.substr(0, forked.find('\n')) == plain.substr(0, plain.find('\n')));
    CHECK(forked.substr(forked.find('\n') + 1) == first_of_seed_7);
    CHECK(output_of(script, with("1:seed7")) == output_of(script, {.seed = 7}));
}

TEST_CASE("interference: a message that is lost is sent again, one that is late comes later, and both are replayed") {
    const RunResult plain = run_in_world(chosen_echo, phone);
    const std::string step = std::to_string(step_of(plain, co::trace::EventKind::segment_sent, "10.0.0.2"));
    const RunResult lost = run_in_world(chosen_echo, phone, with(step + ":drop"));
    CHECK(lost.ok());
    CHECK(count(plain, co::trace::EventKind::segment_lost) == 0);
    CHECK(count(lost, co::trace::EventKind::segment_lost) == 1);
    const double usual = std::stod(plain.output);                   // when the first answer came
    CHECK(std::stod(lost.output) == doctest::Approx(usual + 0.2));  // after the least time that TCP waits
    const RunResult late = run_in_world(chosen_echo, phone, with(step + ":delay50"));
    CHECK(std::stod(late.output) == doctest::Approx(usual + 0.05));
    CHECK(count(late, co::trace::EventKind::segment_lost) == 0);
    CHECK(hash(lost.trace) == hash(run_in_world(chosen_echo, phone, with(step + ":drop")).trace));
}

TEST_CASE("interference: a killed worker is replaced, and the next request is answered") {
    const RunResult plain = run_in_world(chosen_echo, phone);
    const std::uint32_t worker = object_of(plain, co::trace::EventKind::process_start, "worker#0");
    const std::uint32_t step = step_of(plain, co::trace::EventKind::session_open, "");
    const RunResult killed =
        run_in_world(chosen_echo, phone, with(std::to_string(step) + ":kill" + std::to_string(worker)));
    CHECK(killed.ok());
    CHECK(count(killed, co::trace::EventKind::worker_start) == count(plain, co::trace::EventKind::worker_start) + 1);
    CHECK(killed.output.find("tea 2") != std::string::npos);
}

TEST_CASE("interference: two computers are parted, and joined again") {
    const RunResult plain = run_in_world(chosen_echo, phone);
    const std::uint32_t step = step_of(plain, co::trace::EventKind::segment_sent, "10.0.0.2");
    const RunResult cut = run_in_world(chosen_echo, phone, with(std::to_string(step) + ":cut1_2"));
    CHECK(count(cut, co::trace::EventKind::partition) == 1);
    CHECK(cut.output.find("timeout") != std::string::npos);
    const std::string healed = std::to_string(step) + ":cut1_2," + std::to_string(step + 4) + ":heal1_2";
    CHECK(count(run_in_world(chosen_echo, phone, with(healed)), co::trace::EventKind::partition) == 2);
}

TEST_CASE("interference: what can't go wrong is told, and what could") {
    const auto what = [](const std::string& schedule) {
        const RunResult run = run_in_world(chosen_echo, phone, with(schedule));
        return run.findings.empty() ? std::string() : run.findings[0].what;
    };
    CHECK(what("2:drop") == "The choice 2:drop can't be made: nothing is sent to another computer at that step.");
    CHECK(what("99999:kill4").find("the run ended after ") != std::string::npos);
    const std::string alive = "alive are 3 (phone), 4 (manager), 6 (worker#0).";
    CHECK(what("60:kill0") == "The choice 60:kill0 can't be made: process 0 is the program itself; " + alive);
    CHECK(what("60:kill9") == "The choice 60:kill9 can't be made: there is no process 9 then; " + alive);
    CHECK(what("60:cut1_7") ==
          "The choice 60:cut1_7 can't be made: there is no computer 7 then; there are 1 (app), 2 (phone).");
    CHECK(what("60:cut2_2") == "The choice 60:cut2_2 can't be made: computer 2 has no way to itself.");
    const RunResult plain = run_in_world(chosen_echo, phone);
    const std::uint32_t sent = step_of(plain, co::trace::EventKind::segment_sent, "10.0.0.2");
    CHECK(what(std::to_string(sent + 1) + ":delay5") ==
          "The choice " + std::to_string(sent + 1) +
              ":delay5 can't be made: nothing is sent to another computer at that step; the last one before it that "
              "sends is " +
              std::to_string(sent) + ".");
}

TEST_CASE("interference: a worker that is killed while it runs goes no further than to its next wait") {
    const std::string busy = R"lua(
local server = tcp.Server("127.0.0.1", 9501)
server:set{worker_num = 1}
server:on("worker_start", function(_, id) print("begins") co.sleep(0.01) print("goes on") end)
server:on("receive", function() end)
server:start())lua";
    const RunResult plain = run_script(busy);
    REQUIRE(plain.output == "begins\ngoes on\n");
    const std::string worker = std::to_string(object_of(plain, co::trace::EventKind::process_start, "worker#0"));
    const std::string step = std::to_string(step_of(plain, co::trace::EventKind::print, "begins") + 1);
    CHECK(run_script(busy, with(step + ":kill" + worker)).output == "begins\nbegins\ngoes on\n");
}

TEST_CASE("chosen order: in any process, by the number that its own coroutines have") {
    const std::string in_worker = R"lua(
local server = tcp.Server("127.0.0.1", 9501)
server:set{worker_num = 1}
server:on("worker_start", function()
  for i = 1, 3 do go(function() co.sleep(0.01) print(i, co.id()) end) end
end)
server:on("receive", function() end)
server:start())lua";
    const RunResult plain = run_script(in_worker);
    REQUIRE(plain.ok());
    REQUIRE(plain.output.starts_with("1\t"));
    const std::string worker = std::to_string(object_of(plain, co::trace::EventKind::process_start, "worker#0"));
    std::uint32_t step = 0, at = 0, last = 0;
    for (const auto& event : plain.trace.events) {
        step += co::trace::is_step(event.kind);
        const bool is_its = std::to_string(event.process) == worker;
        if (is_its && event.kind == co::trace::EventKind::run) last = step;
        if (is_its && event.kind == co::trace::EventKind::print && at == 0) at = last;
    }
    const std::string third = plain.output.substr(plain.output.find("3\t") + 2);
    const RunResult chosen = run_script(in_worker, with(std::to_string(at) + ":" + third.substr(0, third.find('\n'))));
    CHECK(chosen.ok());
    CHECK(chosen.output.starts_with("3\t"));
    const RunResult wrong = run_script(in_worker, with(std::to_string(at) + ":77"));
    REQUIRE(wrong.findings.size() == 1);
    CHECK(wrong.findings[0].what.find("co#77 is not ready then; ready are co#") != std::string::npos);
}

TEST_CASE("saved run: it keeps the choices that it was made with") {
    const SimOptions options = with(std::to_string(nth_run(run_script(three_ready), 1)) + ":3");
    CHECK(read_saved_run(save_run(run_script(three_ready, options))).schedule == options.schedule);
    CHECK(read_saved_run(save_run(run_script(three_ready))).schedule.empty());
}
