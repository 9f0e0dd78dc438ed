// What processes share: a script does the same on the simulated machine and on this one.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using co::tests::costudio;
using co::tests::Ended;
using co::tests::Folder;

namespace {

/// Waits say who goes before whom, on both machines.
constexpr const char* processes = R"(local door, bell, seats, total = Lock(), Atomic(0), Atomic(0), AtomicLong(100)
local guests = Table(8)
guests:column("name", "string", 16)
guests:column("visits", "int")
guests:create()
print("before", total:add(), guests:incr("ann", "visits"))
local children = {}
for i = 1, 3 do
  children[i] = Process(function(self)
    for _ = 1, 100 do
      door:lock()
      local row = guests:get("ann")
      co.sleep(0)
      guests:set("ann", {visits = row.visits + 1})
      door:unlock()
      total:add(2)
    end
    guests:set("child " .. i, {name = "guest " .. i})
    if i == 3 then bell:wait() door:lock() seats:wake() co.sleep(60) end
  end)
  children[i]:start()
end
children[1]:wait() children[2]:wait()
bell:wake()
print("woken", seats:wait(60), door:try_lock())
children[3]:kill(9)
children[3]:wait()
print("lock", door:lock(60))
print("after", total:get(), guests:count())
guests:each(function(key, row) print(key, row.name, row.visits) end)
)";

constexpr const char* server = R"(local arrived = Atomic(0)
local seen = Table(4)
seen:column("pid", "int")
seen:create()
print("before", arrived:add(5))
local server = tcp.Server("127.0.0.1", 0)
server:set{worker_num = 3}
server:on("worker_start", function(server, id)
  seen:set("worker " .. id, {pid = server.worker_pid})
  if arrived:add() == 8 then server:shutdown() end
end)
server:start()
local pids, count = {}, 0
seen:each(function(key, row)
  if not pids[row.pid] then count = count + 1 end
  pids[row.pid] = key
end)
print("after", arrived:get(), seen:count(), count)
)";

void check_on_both(const char* script, const std::string& expected) {
    const Folder folder;
    const std::string file = folder.write("shared.lua", script);
    for (const char* command : {"sim", "run"}) {
        CAPTURE(command);
        const Ended ended = costudio({command, file});
        CHECK(ended.code == 0);
        CHECK(ended.output == expected);
        CHECK(ended.errors.empty());
    }
}

}  // namespace

TEST_CASE("shared: locks, numbers and tables of several processes, one of which is killed, on both machines") {
    check_on_both(processes,
                  "before\t101\t1\nwoken\ttrue\tfalse\nlock\ttrue\trecovered\nafter\t701\t4\nann\t\t301\n"
                  "child 1\tguest 1\t0\nchild 2\tguest 2\t0\nchild 3\tguest 3\t0\n");
}

TEST_CASE("shared: the workers of a server, on both machines") { check_on_both(server, "before\t5\nafter\t8\t3\t3\n"); }
