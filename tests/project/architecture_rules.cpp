#include "tests/project/architecture_rules.h"

#include <algorithm>

namespace co::project {
namespace {

using Names = std::vector<std::string_view>;

const Names portable_headers = {"algorithm",
                                "any",
                                "array",
                                "atomic",
                                "bit",
                                "bitset",
                                "charconv",
                                "chrono",
                                "cmath",
                                "compare",
                                "concepts",
                                "cstddef",
                                "cstdint",
                                "cstdlib",
                                "cstring",
                                "deque",
                                "exception",
                                "functional",
                                "initializer_list",
                                "iterator",
                                "limits",
                                "list",
                                "map",
                                "memory",
                                "mutex",
                                "new",
                                "numbers",
                                "numeric",
                                "optional",
                                "queue",
                                "random",
                                "ranges",
                                "ratio",
                                "set",
                                "source_location",
                                "span",
                                "sstream",
                                "stack",
                                "stdexcept",
                                "string",
                                "string_view",
                                "system_error",
                                "tuple",
                                "type_traits",
                                "typeindex",
                                "typeinfo",
                                "unordered_map",
                                "unordered_set",
                                "utility",
                                "variant",
                                "vector",
                                "version"};

const Names other_standard_headers = {"barrier",
                                      "cassert",
                                      "cctype",
                                      "cerrno",
                                      "cinttypes",
                                      "climits",
                                      "clocale",
                                      "condition_variable",
                                      "coroutine",
                                      "csignal",
                                      "cstdarg",
                                      "cstdio",
                                      "ctime",
                                      "filesystem",
                                      "format",
                                      "forward_list",
                                      "fstream",
                                      "future",
                                      "iomanip",
                                      "ios",
                                      "iosfwd",
                                      "iostream",
                                      "istream",
                                      "latch",
                                      "locale",
                                      "mutex",
                                      "ostream",
                                      "regex",
                                      "scoped_allocator",
                                      "semaphore",
                                      "shared_mutex",
                                      "stop_token",
                                      "streambuf",
                                      "syncstream",
                                      "thread",
                                      "valarray"};

bool contains(const Names& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

Names joined(Names names, const Names& more) {
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

// What the pure half of the studio stands on.
const Names view = {standard_library, "co/event.h", "co/subject.h",     "co/trace.h",
                    "fmt/",           "nlohmann/",  "visualizer/model/"};
const Names window_libraries = {"imgui", "SDL", "GL/", "GLES", "EGL/"};

}  // namespace

const std::vector<Parts>& known_parts() {
    static const std::vector<Parts> list = {
        {"core", joined({layers.begin(), layers.end()}, {"co"})},
        {"native", {"cli", "co", "examples"}},
        {"lessons", {"format", "host", "scripts"}},
        {"visualizer", {"model", "layout", "terminal", "export", "windows", "theme", "platform"}},
        {"wasm", {"co"}},
    };
    return list;
}

const std::vector<Area>& areas() {
    static const std::vector<Area> list = {
        {.folder = "visualizer/model/",
         .rule = "the model knows the trace and itself: no window, no operating system",
         .may = view},
        {.folder = "visualizer/layout/",
         .rule = "the layout knows the trace and the model: no window, no operating system",
         .may = joined(view, {"visualizer/layout/"})},
        {.folder = "visualizer/terminal/",
         .rule = "the terminal player knows the trace, model, layout and export: no window, no operating system",
         .may = joined(view, {"visualizer/layout/", "visualizer/export/", "visualizer/terminal/"})},
        {.folder = "visualizer/export/",
         .rule = "an export knows the trace and the model: no window, no operating system",
         .may = joined(view, {"visualizer/export/"})},
        {.folder = "visualizer/platform/",
         .rule =
             "a platform file knows SDL and OpenGL or the browser, and nothing of lessons or of the machine's kernel",
         .may_not = {"native/", "lessons/", "wasm/", "co/"}},
        {.folder = "visualizer/",
         .rule =
             "of core the studio knows the trace; SDL, OpenGL and the operating system belong to visualizer/platform",
         .may = joined(view, {"imgui", "visualizer/", "lessons/"})},
        {.folder = "lessons/",
         .rule = "lessons know core, Lua, md4c, yaml-cpp and JSON",
         .may = {standard_library, "co/", "lessons/", "lua.h", "lua.hpp", "lauxlib.h", "lualib.h", "md4c.h",
                 "yaml-cpp/", "nlohmann/", "fmt/"},
         .may_not = {"co/linux_kernel.h", "co/overflow.h"}},
        {.folder = "wasm/",
         .rule = "wasm knows core, visualizer, lessons and Emscripten; nothing of this machine",
         .may = {standard_library, "co/", "context.h", "stack.h", "emscripten", "doctest/", "fmt/", "lauxlib.h",
                 "lualib.h", "lessons/", "visualizer/", "wasm/"},
         .may_not = {"co/linux_kernel.h", "co/overflow.h"}},
        {.folder = "native/main.cpp", .rule = "", .may_not = {"tests/"}},
        {.folder = "native/cli/", .rule = "", .may_not = {"tests/"}},
        {.folder = "native/",
         .rule = "native knows core and the machine; only the entry point (main.cpp, cli/) puts everything together",
         .may_not = joined(window_libraries, {"visualizer/", "lessons/", "native/cli/", "lua", "wasm/", "tests/"})},
    };
    return list;
}

bool is_portable_header(std::string_view name) { return contains(portable_headers, name); }

bool is_standard_header(std::string_view name) {
    return is_portable_header(name) || contains(other_standard_headers, name);
}

bool is_platform_macro(std::string_view name) {
    static const Names macros = {"__EMSCRIPTEN__", "__linux__", "__unix__", "__APPLE__", "_WIN32", "__wasm__"};
    return contains(macros, name);
}

}  // namespace co::project
