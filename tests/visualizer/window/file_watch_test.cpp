#include "visualizer/platform/file_watch.h"

#include <doctest/doctest.h>

#include "tests/visualizer/window/folder.h"

using namespace co::studio;

TEST_CASE("file watch: notices a save once, and a replacement by rename") {
    TestFolder folder;
    FileWatch watch(folder.write("demo.lua", "one"));
    CHECK_FALSE(watch.changed());
    folder.write("demo.lua", "two");
    CHECK(watch.changed());
    CHECK_FALSE(watch.changed());

    folder.write("demo.lua.new", "three");
    std::filesystem::remove(folder.path("demo.lua"));
    CHECK_FALSE(watch.changed());  // an editor is at work
    std::filesystem::rename(folder.path("demo.lua.new"), folder.path("demo.lua"));
    CHECK(watch.changed());
}
