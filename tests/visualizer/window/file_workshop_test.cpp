#include "visualizer/file_workshop.h"

#include <doctest/doctest.h>

#include <fstream>

#include "lessons/host/saved_run.h"
#include "tests/visualizer/window/folder.h"
#include "visualizer/session.h"

using namespace co::studio;

namespace {

constexpr const char* program = "local c = chan(1)\nc:push(1)\nprint(c:pop())\n";

std::filesystem::path save_run(const TestFolder& folder, const std::string& name) {
    const auto run = co::lessons::simulate({.name = "main.lua", .text = program}, {.seed = 3});
    std::ofstream(folder.path(name), std::ios::binary) << co::lessons::save_run(run);
    return folder.path(name);
}

Session open(const std::filesystem::path& file) {
    return Session({.file = file}, {}, std::make_unique<FileWorkshop>());
}

}  // namespace

TEST_CASE("file workshop: a saved run is shown as it was, its program beside it") {
    const TestFolder folder;
    const auto file = save_run(folder, "demo.costudio");
    CHECK(is_saved_run(file));
    CHECK_FALSE(is_saved_run(folder.path("nothing")));
    Session session = open(file);
    CHECK(session.code().program == program);
    CHECK(session.seed() == 3);
    REQUIRE(session.model().output().size() == 1);
    CHECK(session.model().output()[0].text == "1");
    CHECK(session.model().problems().empty());
    // Its program runs anew once it is edited.
    session.edit([](TextBuffer& buffer) { buffer.replace_all("print('other')\n"); });
    session.perform(Command::run);
    REQUIRE(session.model().output().size() == 1);
    CHECK(session.model().output()[0].text == "other");
}

TEST_CASE("file workshop: a broken saved run is a problem that names the file, not a crash") {
    TestFolder folder;
    const auto file = folder.write("broken.costudio", "costudio run 1\nnothing of the kind");
    const Session session = open(file);
    REQUIRE(session.model().problems().size() == 1);
    CHECK(session.model().problems()[0].what.find("no saved run") != std::string::npos);
}
