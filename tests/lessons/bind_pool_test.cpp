#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("pool: its processes share what was made before, and who ends is replaced, with the same id") {
    const std::string program = R"lua(
        local done = Atomic(0)
        local pool = Pool(2)
        count = 0
        pool:on("worker_start", function(pool, id)
          count = count + 1
          local n = done:add()
          print("worker " .. id, pool.worker_id == id, "count " .. count, "of all " .. n)
          co.sleep(0.1 + id / 100)
          if n == 6 then pool:shutdown() co.sleep(100) end
        end)
        pool:on("worker_stop", function(pool, id) print("stop " .. id) end)
        print("before")
        pool:start()
        print("after", done:get(), count))lua";
    CHECK(output_of(program) ==
          "before\nworker 0\ttrue\tcount 1\tof all 1\nworker 1\ttrue\tcount 1\tof all 2\n"
          "stop 0\nworker 0\ttrue\tcount 1\tof all 3\nstop 1\nworker 1\ttrue\tcount 1\tof all 4\n"
          "stop 0\nworker 0\ttrue\tcount 1\tof all 5\nstop 1\nworker 1\ttrue\tcount 1\tof all 6\nstop 0\nstop 1\n"
          "after\t6\t0\n");
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        CAPTURE(seed);
        const RunResult run = run_script(program, {.seed = seed});
        CHECK(run.ok());
        CHECK(co::trace::hash(run.trace) == co::trace::hash(run_script(program, {.seed = seed}).trace));
    }
}

TEST_CASE("pool: messages go from process to process, and it ends when nothing can happen any more") {
    CHECK(output_of(R"lua(
        local pool = Pool(3)
        pool:on("worker_start", function(pool, id)
          if id == 0 then
            print(pool:send_message({tea = 1}, 2), pool:send_message("?", 3))
          end
        end)
        pool:on("message", function(pool, from, data)
          print(pool.worker_id .. " from " .. from, data.tea)
          co.sleep(0.1)
          if data.tea < 3 then pool:send_message({tea = data.tea + 1}, (pool.worker_id + 1) % 3) end
        end)
        pool:on("worker_stop", function(pool, id) print("stop " .. id) end)
        pool:start()
        print("after"))lua") ==
          "true\tfalse\tno such worker\n2 from 0\t1\n0 from 2\t2\n1 from 0\t3\n"
          "stop 0\nstop 1\nstop 2\nafter\n");
}

TEST_CASE("pool: a process that is killed or fails is replaced, one that does not stop is killed") {
    const RunResult run = run_script(R"lua(
        local starts = Atomic(0)
        local pool = Pool(1)
        pool:on("worker_start", function(pool, id)
          local n = starts:add()
          print("start " .. n)
          if n == 1 then error("spilled") end
          if n == 2 then os.exit(3) end
          if n == 3 then co.sleep(1) pool:shutdown() blocking.sleep(60) end
        end)
        pool:start()
        print("after", now()))lua");
    CHECK(run.output == "start 1\nstart 2\nstart 3\nafter\t4.0\n");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].what == "spilled");
    CHECK(run.findings[0].details.starts_with("in worker#0, "));
}

TEST_CASE("pool: misuse is an error that says what to do") {
    CHECK(error_of("Pool(0)").find("how many processes must be") != std::string::npos);
    CHECK(error_of("Pool(1):on('mesage', print)").find("did you mean `message`?") != std::string::npos);
    CHECK(error_of("Pool(1):start()").find("have nothing to do") != std::string::npos);
    CHECK(error_of("Pool(1):send_message(1, 0)").find("only the pool's own processes") != std::string::npos);
    CHECK(error_of("Pool(1):shutdown()").find("this pool does not run here") != std::string::npos);
}
