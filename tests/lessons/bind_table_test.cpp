#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

const std::string people = R"lua(
local people = Table(2)
people:column("name", "string", 8)
people:column("age", "int")
people:column("height", "float", 8)
people:create()
)lua";

/// What `call` raises, on the table of people.
std::string people_error(const std::string& call) {
    const std::string output = output_of(people + "print(select(2, pcall(function() " + call + " end)))");
    const std::string place = "test.lua:7: ";
    return output.starts_with(place) ? output.substr(place.size()) : output;
}

}  // namespace

TEST_CASE("table: its calls, in a script") {
    CHECK(output_of(people + R"lua(
        print(people:get("ann"))
        print(people:set("ann", {name = "Ann", age = 31}), people:set("ann", {height = 1.75}))
        local ann = people:get("ann")
        print(ann.name, ann.age, ann.height, people:get("ann", "age"), people:exists("ann"), people:exists("ben"))
        print(people:incr("ann", "age"), people:decr("ann", "age", 2), people:incr("ann", "height", 0.25))
        print(people:incr("ben", "age", 5), people:get("ben").name == "", people:count())
        print(people:set("cem", {}), people:incr("cem", "age"))
        print(people:set("cem", {}))
        people:each(function(key, row) print(key, row.age) end)
        print(people:del("ann"), people:del("ann"), people:set(7, {age = math.mininteger}))
        print(people:decr(7, "age"), people:get("7", "age"), people))lua") ==
          "nil\tunknown\ntrue\ttrue\nAnn\t31\t1.75\t31\ttrue\tfalse\n32\t30\t2.0\n5\ttrue\t2\n"
          "false\tnil\tfull\nfalse\tfull\nann\t30\nben\t5\ntrue\tfalse\ttrue\n"
          "9223372036854775807\t9223372036854775807\tTable\n");
}

TEST_CASE("table: each() goes by key, and its function may wait and change rows") {
    CHECK(output_of(R"lua(
        local t = Table(100)
        t:column("n", "int")
        print(t:create())
        for i = 9, 1, -1 do t:set("key " .. i, {n = i * i}) end
        local sum = 0
        t:each(function(key, row)
          co.sleep(0.1)
          t:del(key)
          sum = sum * 2 + row.n % 3
        end)
        print(sum, t:count(), now()))lua") == "true\n438\t0\t0.9\n");
}

TEST_CASE("table: all processes of a server share it, filled before start() once") {
    const std::string program = people + R"lua(
print(people:set("ann", {age = 30}), pcall(people.set, people, "ann", {agee = 1}) == false)
people:each(function(key, row) print("before", key, row.age) end)
print(people:incr("ann", "age"))
local server = tcp.Server("0.0.0.0", 9501)
server:set{worker_num = 2, dispatch_mode = 1}
server:on("receive", function(server, fd, _, data)
  print(server.worker_id, people:incr("ann", "age"), people:set("worker " .. server.worker_id, {}))
  server:send(fd, "!")
end)
server:start()
print(people:get("ann", "age"), people:count()))lua";
    const std::string world = R"lua(
world.on("client", function()
  for _ = 1, 4 do
    local c = tcp.Client()
    assert(c:connect("app", 9501, 1))
    c:send("?") c:recv(1) c:close()
  end
end))lua";
    CHECK(output_of(run_in_world(program, world)) ==
          "true\ttrue\nbefore\tann\t30\n31\n0\t32\ttrue\n1\t33\tfalse\tfull\n0\t34\ttrue\n1\t35\tfalse\tfull\n"
          "35\t2\n");
}

TEST_CASE("table: misuse names what is wrong and what there is") {
    CHECK(people_error("people:set('ann', {agee = 1})").find("there is no column `agee`; did you mean `age`?") !=
          std::string::npos);
    CHECK(people_error("people:set('ann', {age = 1.5})").find("age must be a whole number, got 1.5") !=
          std::string::npos);
    CHECK(people_error("people:set('ann', {name = 'Annabella'})").find("name holds at most 8 bytes, not 9") !=
          std::string::npos);
    CHECK(people_error("people:set('ann', {7})").find("each value needs its column") != std::string::npos);
    CHECK(people_error("people:set('', {})").find("a key has 1 to 63 bytes, not 0") != std::string::npos);
    CHECK(people_error("people:incr('ann', 'name')").find("name is a string: only numbers count") != std::string::npos);
    CHECK(people_error("people:incr('ann', 'age', 0.5)").find("age must be a whole number, got 0.5") !=
          std::string::npos);
    CHECK(people_error("people:column('more', 'int')").find("column() belongs before create()") != std::string::npos);
    CHECK(people_error("people:create()").find("has its memory already") != std::string::npos);
    CHECK(error_of("Table(0)").find("the number of rows must be") != std::string::npos);
    CHECK(error_of("Table(1):set('a', {})").find("call create() first") != std::string::npos);
    CHECK(error_of("Table(1):create()").find("name its columns first") != std::string::npos);
    CHECK(error_of("Table(1):column('a', 'text')").find("must be \"int\", \"float\" or \"string\", not \"text\"") !=
          std::string::npos);
    CHECK(error_of("Table(1):column('a', 'string')").find("the size of a string, in bytes, must be") !=
          std::string::npos);
    CHECK(error_of("local t = Table(1) t:column('a', 'int') t:column('a', 'int')").find("`a` already") !=
          std::string::npos);
    CHECK(error_of("local t = Table(10000000) t:column('a', 'int') t:create()")
              .find("in the simulation a process may have 64 MiB") != std::string::npos);
}
