#include <co/children.h>

#include <string>

#include <co/coroutine.h>
#include <co/sim_kernel.h>
#include <doctest/doctest.h>

namespace co::test {
namespace {

using namespace std::chrono_literals;

/// On a simulated machine; what goes wrong in it is a failure.
template <typename Main>
void simulate(Main main) {
    SimKernel kernel;
    Scheduler scheduler(kernel);
    const RunReport report = scheduler.run(main);
    CHECK_MESSAGE(report.ok(), report.text());
}

}  // namespace

TEST_CASE("children: a line in both directions, and how each ended") {
    simulate([] {
        Children children;
        auto child = children.start("echo", [](Stream& parent) {
            const auto heard = parent.read_some(1s);
            CHECK(bool(parent.write_all("heard " + heard.value_or("nothing"))));
        });
        REQUIRE(bool(child));
        CHECK(bool(child->line.write_all("tea")));
        CHECK(child->line.read_some(1s).value_or("") == "heard tea");
        CHECK(child->line.read_some(1s).value_or("?").empty());
        const auto end = children.wait(child->id, 1s);
        REQUIRE(bool(end));
        CHECK(end->exit_code == 0);
        CHECK_FALSE(end->signal);
        CHECK(children.wait(child->id).error() == std::errc::no_child_process);
    });
}

TEST_CASE("children: several end in any order, and each is waited for alone") {
    simulate([] {
        Children children;
        auto slow = children.start("slow", [](Stream&) { co::sleep(200ms); });
        auto quick = children.start("quick", [](Stream&) { co::sleep(100ms); });
        REQUIRE(bool(slow));
        REQUIRE(bool(quick));
        CHECK(children.wait(slow->id, 50ms).error() == std::errc::timed_out);
        CHECK(bool(children.wait(slow->id)));
        CHECK(co::now().time_since_epoch() == 200ms);
        CHECK(bool(children.wait(quick->id, 0s)));
    });
}

TEST_CASE("children: one that fails ends with 1, one that is killed with its signal") {
    simulate([] {
        Children children;
        auto fails = children.start("fails", [](Stream&) { throw std::runtime_error("no"); });
        auto sleeps = children.start("sleeps", [](Stream&) { co::sleep(1h); });
        CHECK(bool(children.kill(sleeps->id)));
        CHECK(children.wait(fails->id)->exit_code == 1);
        CHECK(children.wait(sleeps->id)->signal == Signal::terminate);
        CHECK(children.kill(sleeps->id).error() == std::errc::no_such_process);
    });
}

TEST_CASE("children: a runner is around each") {
    simulate([] {
        Children children;
        auto child = children.start(
            "ours", [](Stream& parent) { static_cast<void>(parent.write_all("x")); },
            [](Kernel& own, const std::string& name, const std::function<void()>& main) {
                Scheduler scheduler(own);
                scheduler.run(main, name);
                return name == "ours" ? 7 : 8;
            });
        REQUIRE(bool(child));
        CHECK(children.wait(child->id)->exit_code == 7);
    });
}

}  // namespace co::test
