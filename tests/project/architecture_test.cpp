#include "tests/project/architecture.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/project/planted_project.h"

using co::project::check_architecture;
using co::project::PlantedProject;

TEST_CASE("architecture: the project keeps its folder rules") {
    const std::string broken = PlantedProject::lines_of(check_architecture(COSTUDIO_SOURCE_DIR));
    CHECK_MESSAGE(broken.empty(), broken);
}

TEST_CASE("architecture: a project in order has no violation") {
    PlantedProject project;
    project.plant("core/trace/co/trace.h", "#include <vector>\n");
    project.plant("core/sync/co/channel.h", "#include <co/trace.h>\n#include <memory>\n");
    project.plant("core/sync/queue.h", "");
    project.plant("core/sync/channel.cpp", "#include <co/channel.h>\n\n#include \"queue.h\"\n");
    project.plant("native/linux_kernel.cpp", "#include <co/channel.h>\n#include <sys/epoll.h>\n");
    project.plant("native/cli/shot.cpp", "#include \"visualizer/app.h\"\n#include \"lessons/host/simulate.h\"\n");
    project.plant("visualizer/model/model.cpp", "#include \"visualizer/model/model.h\"\n#include <co/trace.h>\n");
    project.plant("wasm/context.cpp",
                  "#include <emscripten/fiber.h>\n#include \"context.h\"\n#ifdef __wasm__\n#endif\n");
    project.plant("visualizer/platform/sdl.cpp", "#include <SDL.h>\n#ifdef __linux__\n#endif\n");
    CHECK(project.broken(check_architecture) == "");
}

TEST_CASE("architecture: each broken rule is told with its place") {
    PlantedProject project;
    std::string file, text, expected;

    SUBCASE("core includes an operating system's header") {
        file = "core/sync/channel.cpp", text = "#include <vector>\n#include <unistd.h>\n";
        expected = "core/sync/channel.cpp:2: <unistd.h>: core includes itself and the portable part";
    }
    SUBCASE("core includes threads") {
        file = "core/sync/channel.cpp", text = "#include <thread>\n";
        expected = "core/sync/channel.cpp:1: <thread>: core includes";
    }
    SUBCASE("core includes another library") {
        file = "core/trace/trace.cpp", text = "#include <fmt/format.h>\n";
        expected = "core/trace/trace.cpp:1: <fmt/format.h>: core includes";
    }
    SUBCASE("core includes another part of the project") {
        file = "core/trace/trace.cpp", text = "#include \"native/stack.h\"\n";
        expected = "core/trace/trace.cpp:1: \"native/stack.h\": no layer of core has this header";
    }
    SUBCASE("a layer includes one to its right") {
        project.plant("core/sim/co/sim_kernel.h", "");
        file = "core/time/timer.cpp", text = "\n\n#include <co/sim_kernel.h>\n";
        expected =
            "core/time/timer.cpp:3: <co/sim_kernel.h>: a layer of core includes itself and those to its left; sim "
            "is right of time";
    }
    SUBCASE("the model includes ImGui") {
        file = "visualizer/model/model.cpp", text = "#include <imgui.h>\n";
        expected = "visualizer/model/model.cpp:1: <imgui.h>: the model knows";
    }
    SUBCASE("the layout includes SDL") {
        file = "visualizer/layout/lanes.cpp", text = "#  include <SDL2/SDL.h>\n";
        expected = "visualizer/layout/lanes.cpp:1: <SDL2/SDL.h>: the layout knows";
    }
    SUBCASE("the terminal player includes a header of Linux") {
        file = "visualizer/terminal/player.cpp", text = "#include <termios.h>\n";
        expected = "visualizer/terminal/player.cpp:1: <termios.h>: the terminal player knows";
    }
    SUBCASE("a window includes the scheduler") {
        file = "visualizer/windows/lanes.cpp", text = "#include <co/scheduler.h>\n";
        expected = "visualizer/windows/lanes.cpp:1: <co/scheduler.h>: of core the studio knows the trace";
    }
    SUBCASE("the model looks at the windows") {
        file = "visualizer/model/state.cpp", text = "#include \"visualizer/windows/lanes.h\"\n";
        expected = "visualizer/model/state.cpp:1: \"visualizer/windows/lanes.h\": the model knows";
    }
    SUBCASE("lessons include the studio") {
        file = "lessons/host/simulate.cpp", text = "#include \"visualizer/model/model.h\"\n";
        expected = "lessons/host/simulate.cpp:1: \"visualizer/model/model.h\": lessons know core";
    }
    SUBCASE("lessons include this machine's kernel") {
        file = "lessons/host/simulate.cpp", text = "#include <co/linux_kernel.h>\n";
        expected = "lessons/host/simulate.cpp:1: <co/linux_kernel.h>: lessons know core";
    }
    SUBCASE("native includes the command line") {
        file = "native/linux_kernel.cpp", text = "#include \"native/cli/sim.h\"\n";
        expected = "native/linux_kernel.cpp:1: \"native/cli/sim.h\": native knows core";
    }
    SUBCASE("the browser's part includes a header of Linux") {
        file = "wasm/stack.cpp", text = "#include \"stack.h\"\n#include <sys/mman.h>\n";
        expected = "wasm/stack.cpp:2: <sys/mman.h>: wasm knows core, visualizer, lessons and Emscripten";
    }
    SUBCASE("a platform in the middle of logic") {
        file = "lessons/host/simulate.cpp", text = "int a;\n#if defined(__EMSCRIPTEN__) && !defined(NDEBUG)\n#endif\n";
        expected = "lessons/host/simulate.cpp:2: __EMSCRIPTEN__: a platform is a file of its own";
    }
    SUBCASE("a folder that the architecture does not know") {
        file = "core/utilities/strings.h", text = "";
        expected = "core/utilities: the architecture has no such folder";
    }

    project.plant(file, text);
    const std::string found = project.broken(check_architecture);
    CHECK_MESSAGE(found.starts_with(expected), found);
    CHECK_MESSAGE(std::ranges::count(found, '\n') == 1, found);
}
