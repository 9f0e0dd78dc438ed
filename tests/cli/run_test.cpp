// costudio run: the real machine, with what it leaves for Perfetto and for the studio.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using namespace co::tests;

namespace {

constexpr const char* killed_script = R"(local queue = chan(1)
go(function()
  for i = 1, 3 do queue:push(i) end
  queue:close()
end)
for i = 1, 3 do print(queue:pop()) co.sleep(0.001) end
)";

}  // namespace

TEST_CASE("run: the trace of a program that is killed midway opens: all but its end is there") {
    const Folder folder;
    const std::string file = folder.write("dies.lua", std::string(killed_script) + "os.execute('kill -9 $PPID')\n");
    const Ended ended = costudio({"run", file, "--trace", folder.file("out.json")});
    CHECK(ended.code == -1);
    CHECK(ended.output == "1\n2\n3\n");
    const std::string text = read(folder.file("out.json"));
    CHECK_THROWS(nlohmann::json::parse(text));
    const auto events = nlohmann::json::parse(text + "]");
    std::size_t pushes = 0;
    for (const auto& event : events) pushes += event["name"] == "push";
    CHECK(pushes >= 3);
}

TEST_CASE("run: a saved run is opened by the studio, on its wall clock") {
    const Folder folder;
    const std::string file = folder.write("ends.lua", killed_script);
    const Ended ended =
        costudio({"run", file, "--save", folder.file("out.costudio"), "--trace", folder.file("out.json")});
    CHECK(ended.code == 0);
    CHECK(nlohmann::json::parse(read(folder.file("out.json"))).is_array());
    CHECK(costudio({"shot", folder.file("out.costudio"), "-o", folder.file("out.png")}).code == 0);
    const Ended refused = costudio({"run", file, "--trace", folder.file("none/out.json")});
    CHECK(refused.code != 0);
    CHECK(has(refused.errors, "can't be written"));
}
