#include "tests/project/browser.h"

#include <doctest/doctest.h>

#include "tests/project/planted_project.h"

using co::project::check_browser;
using co::project::PlantedProject;

namespace {

constexpr const char* additions =
    "namespace std::ranges {\ntemplate <typename R, typename T>\nconstexpr auto find(R&& range, const T& value) {\n"
    "    return 1;\n}\n}\n";

}  // namespace

TEST_CASE("browser: the project uses nothing that the browser's C++ library lacks") {
    const std::string broken = PlantedProject::lines_of(check_browser(COSTUDIO_SOURCE_DIR));
    CHECK_MESSAGE(broken.empty(), broken);
}

TEST_CASE("browser: an algorithm that wasm/ranges.h adds may be used") {
    PlantedProject project;
    project.plant("wasm/ranges.h", additions);
    project.plant("visualizer/session.cpp", "#include <algorithm>\nauto x = std::ranges::find(a, 1);\n");
    CHECK(project.broken(check_browser) == "");
}

TEST_CASE("browser: any other is told with place and remedy") {
    PlantedProject project;
    project.plant("wasm/ranges.h", additions);
    project.plant("core/sync/channel.cpp", "// std::ranges::max\nauto x =\n    std::ranges::max(a);\n");
    project.plant("lessons/host/value.cpp", "for (int i : std::views::iota(1)) {}\n");
    project.plant("lessons/host/zip.cpp", "for (int i : std::ranges::views::iota(1)) {}\n");
    project.plant("visualizer/words.cpp", "#include <vector>\n#include <format>\n");
    project.plant("native/cli/words.cpp", "#include <format>\nauto x = std::ranges::max(a);\n");
    CHECK(project.broken(check_browser) ==
          "core/sync/channel.cpp:3: std::ranges::max: the browser's C++ library has it not; add it to wasm/ranges.h, "
          "or use the one of <algorithm>\n"
          "lessons/host/value.cpp:1: std::views::iota: the browser's C++ library has it not; write a loop\n"
          "lessons/host/zip.cpp:1: std::ranges::views::iota: the browser's C++ library has it not; write a loop\n"
          "visualizer/words.cpp:2: <format>: the browser's C++ library has no such header\n");
}
