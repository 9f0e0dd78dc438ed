#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

/// Workers that answer each connection once; `before` stands before start(), `event` in the event receive.
std::string sharing_server(const std::string& before, const std::string& event) {
    return "local server = tcp.Server('0.0.0.0', 9501)\nserver:set{worker_num = 2, dispatch_mode = 1}\n" + before +
           "\nserver:on('receive', function(server, fd, _, data)\n" + event + "\nend)\nserver:start()\n";
}

/// Visits the server so many times, one visit after the other.
std::string visits(int count) {
    return "world.on('client', function()\n  for _ = 1, " + std::to_string(count) +
           " do\n    local c = tcp.Client()\n    assert(c:connect('app', 9501, 1))\n    c:send('?')\n"
           "    c:recv(1)\n    c:close()\n  end\nend)\n";
}

}  // namespace

TEST_CASE("atomic: its calls, in a script") {
    CHECK(output_of(R"lua(
        local n = Atomic(123)
        print(n:add(12), n:sub(11), n:cmpset(122, 999), n:cmpset(124, 999), n:get())
        print(n:add(), n:sub(), n:set(0), n:sub(1), n:add(2))
        local long = AtomicLong(-5)
        print(long:add(), long:sub(10), long:cmpset(-14, math.maxinteger), long:add(), Atomic():get(), n, long))lua") ==
          "135\t124\tfalse\ttrue\t999\n1000\t999\tnil\t4294967295\t1\n"
          "-4\t-14\ttrue\t-9223372036854775808\t0\tAtomic\tAtomicLong\n");
}

TEST_CASE("atomic: wait() takes a 1 at once, else parks until somebody wakes it") {
    CHECK(output_of(R"lua(
        local n = Atomic(1)
        print(n:wait(), n:get(), n:wait(0.1))
        for i = 1, 3 do go(function() print(i, n:wait(1)) end) end
        n:wake(2)
        co.sleep(0.1)
        n:wake()
        local id = go(function() co.sleep(0.1) print(n:wait()) end)
        co.sleep(0.2)
        co.cancel(id))lua") == "true\t0\tfalse\ttimeout\n1\ttrue\n2\ttrue\n3\ttrue\nfalse\tcancelled\n");
}

TEST_CASE("atomic: all processes of a server share it, and what was asked of it before start() is not asked again") {
    const std::string program = sharing_server(R"lua(
local hits, bytes = Atomic(10), AtomicLong(0)
print("before", hits:add(5), bytes:sub(7), pcall(hits.add, hits, -1) == false)
plain = 15)lua",
                                               R"lua(
plain = plain + 1
print(server.worker_id, "plain " .. plain, "shared " .. hits:add(), bytes:add(#data))
server:send(fd, "!"))lua") + "print('after', hits:get(), bytes:get(), plain)";
    CHECK(output_of(run_in_world(program, visits(4))) ==
          "before\t15\t-7\ttrue\n0\tplain 16\tshared 16\t-6\n1\tplain 16\tshared 17\t-5\n"
          "0\tplain 17\tshared 18\t-4\n1\tplain 17\tshared 19\t-3\nafter\t19\t-3\t15\n");
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        CAPTURE(seed);
        const SimOptions options{.seed = seed};
        const RunResult run = run_in_world(program, visits(4), options);
        CHECK(run.ok());
        CHECK(run.output.ends_with("after\t19\t-3\t15\n"));
        CHECK(co::trace::hash(run.trace) == co::trace::hash(run_in_world(program, visits(4), options).trace));
    }
}

TEST_CASE("atomic: a killed worker leaves what it has counted") {
    CHECK(output_of(run_in_world(sharing_server("hits = Atomic(0)\nlocal mine = 0", R"lua(
mine = mine + 1
server:send(fd, "mine " .. mine .. ", all " .. hits:add()))lua"),
                                 R"lua(
world.on("client", function()
  for _ = 1, 2 do
    local c = tcp.Client()
    c:connect("app", 9501)
    c:send("?") print(c:recv(1))
    c:send("?") print(c:recv(1))
    c:close()
    co.sleep(0.1)
  end
end)
world.at(0.05, function() world.kill("worker#0") world.kill("worker#1") end))lua")) ==
          "mine 1, all 1\nmine 1, all 2\nmine 1, all 3\nmine 1, all 4\n");
}

TEST_CASE("atomic: processes meet again what was made before each of them, and share what they make themselves") {
    CHECK(output_of(R"lua(
        local first = Atomic(1)
        local a = Process(function(self)
          local inner = Atomic(40)
          local b = Process(function() print("b", first:add(), inner:add()) inner:wake() end)
          b:start() b:wait()
          print("a", first:get(), inner:get())
        end)
        a:start()
        first:add(10)
        local second = AtomicLong(7)
        local c = Process(function() co.sleep(0.1) print("c", first:get(), second:add()) end)
        c:start()
        a:wait() c:wait()
        print("main", first:get(), second:get()))lua") == "b\t12\t41\na\t12\t41\nc\t12\t8\nmain\t12\t8\n");
}

TEST_CASE("atomic: a process waits for another one's wake()") {
    CHECK(output_of(R"lua(
        local bell, tea = Atomic(0), Atomic(0)
        local guest = Process(function() bell:wait() print("guest", now(), tea:get()) end)
        guest:start()
        co.sleep(0.5)
        tea:set(1)
        bell:wake()
        guest:wait())lua") == "guest\t0.5\t1\n");
}

TEST_CASE("lock: one at a time, over processes, and a dead holder's lock is recovered") {
    CHECK(output_of(R"lua(
        local door, busy = Lock(), Atomic(0)
        local function inside(who)
          local ok, how = door:lock(5)
          print(who, ok, how, busy:add(), now() >= 0)
          co.sleep(0.1)
          busy:sub()
          door:unlock()
        end
        local a = Process(function() inside("a") end)
        local b = Process(function() co.sleep(0.01) inside("b") end)
        local c = Process(function() co.sleep(0.3) door:lock() busy:add() co.sleep(10) end)
        a:start() b:start() c:start()
        a:wait() b:wait()
        co.sleep(0.2)
        print(door:try_lock(), door:lock(0.1))
        go(function() co.sleep(0.2) c:kill(9) end)
        print(door:lock(5))
        print(busy:get(), pcall(door.lock, door))
        door:unlock()
        print(door:try_lock())
        go(function() print((select(2, pcall(door.unlock, door)))) end))lua") ==
          "a\ttrue\tnil\t1\ttrue\nb\ttrue\tnil\t1\ttrue\nfalse\tfalse\ttimeout\ntrue\trecovered\n"
          "1\tfalse\tlock(): this coroutine holds it already\ntrue\n"
          "unlock(): this coroutine does not hold it\n");
}

TEST_CASE("atomic, lock: misuse is an error that names the argument") {
    CHECK(error_of("Atomic(-1)").find("the number must be a whole number from 0 to 4294967295, got -1") !=
          std::string::npos);
    CHECK(error_of("AtomicLong(1.5)").find("must be a whole number") != std::string::npos);
    CHECK(error_of("Atomic(1):wake(0)").find("how many may go on must be") != std::string::npos);
    CHECK(error_of("Atomic(1):cmpset(1)").find("the number to set must be") != std::string::npos);
    CHECK(error_of("Lock('spin')").find("there is one kind of lock, \"mutex\"") != std::string::npos);
    CHECK(error_of("Lock():unlock()").find("this coroutine does not hold it") != std::string::npos);
    CHECK(output_of(run_in_world("print(1)", "local n = Atomic(1)"))
              .find("Atomic() belongs into a function of world.on(): machines share no memory") != std::string::npos);
}

TEST_CASE("atomic: too much asked before start() is refused there") {
    const std::string output = output_of(
        "local n = Atomic(0)\nfor _ = 1, 100000 do n:add() end\n"
        "local p = Process(print)\np:start()");
    CHECK(output.starts_with("test.lua:4: process:start(): the script asks shared memory 100,000 times at line 2"));
}

TEST_CASE("lock: a forgotten one is a finding that names the Lock, its holder, the line and the remedy") {
    const std::string output =
        output_of("local door = Lock()\ngo(function()\n  door:lock()\nend)\ndoor:lock()\nprint('never')");
    CHECK(output ==
          "test.lua:5: Every coroutine waits and nothing can wake any of them.\n"
          "  main waits in lock() on Lock door, which co#1 still held when it ended, taken at line 3 at test.lua:5\n"
          "  Unlock the Lock on every way out: defer the unlock right after lock(), and hold it over no wait that may "
          "last; or give lock() a timeout.\n");
}

TEST_CASE("shared memory: the trace bears the script's names and lines, and tells nothing twice") {
    using co::trace::EventKind;
    const RunResult run = run_script(R"lua(local stock = Table(2)
stock:column("left", "int")
stock:create()
stock:set("tea", {left = 10})
local sold = Atomic(0)
local west = Process(function() sold:add() stock:decr("tea", "left") end)
west:start()
west:wait())lua");
    std::vector<std::string> events;
    for (const auto& event : run.trace.events)
        if (event.kind >= EventKind::shared)
            events.push_back(std::to_string(event.process == 0 ? 0 : 1) + ':' + std::to_string(event.line) + ' ' +
                             std::string(co::trace::name(event.kind)) + ' ' + std::string(run.trace.text(event)));
    CHECK(events == Lines{"0:3 shared stock", "0:4 shared_write set(\"tea\") left = 10", "0:5 shared sold",
                          "1:6 shared_write add()", "1:6 shared_write decr(\"tea\") left = 9"});
}

TEST_CASE("lock: one that another process holds for ever is told of, too, and nobody looks again and again") {
    const RunResult run = run_script(
        "local door = Lock()\n"
        "local west = Process(function(self)\n"
        "  door:lock()\n"
        "  self:read()\n"
        "end)\n"
        "west:start()\n"
        "co.sleep(0.1)\n"
        "door:lock()\n");
    REQUIRE(!run.findings.empty());
    CHECK(run.findings[0].kind == FindingKind::deadlock);
    CHECK(run.findings[0].details.find("main waits in lock() on Lock door, which main of process ") !=
          std::string::npos);
    CHECK(run.findings[0].details.find("holds, taken at line 3") != std::string::npos);
    CHECK(run.trace.events.size() < 100);
}
