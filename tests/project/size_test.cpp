#include "tests/project/size.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/project/code_text.h"
#include "tests/project/planted_project.h"

using co::project::check_size;
using co::project::code_only;
using co::project::PlantedProject;

namespace {

std::string lines(unsigned count, const std::string& line = "    step();\n") {
    std::string text;
    for (unsigned i = 0; i < count; ++i) text += line;
    return text;
}

const std::string variable_rule = ": a variable that everything can change: none is global or static";

}  // namespace

TEST_CASE("size: the project keeps its rules") {
    const std::string broken = PlantedProject::lines_of(check_size(COSTUDIO_SOURCE_DIR));
    CHECK_MESSAGE(broken.empty(), broken);
}

TEST_CASE("size: comments, literals and preprocessor lines are no code") {
    CHECK(code_only("a // {\nb") == "a     \nb");
    CHECK(code_only("a /* {\n} */ b") == "a     \n     b");
    CHECK(code_only("f(\"\\\"{\", '{', '\\'')") == "f(     ,    ,     )");
    CHECK(code_only("f(R\"x()\"{)x\", 1'000)") == "f(          , 1'000)");
    CHECK(code_only("f(U'{', 0xAB'CD'EF)") == "f(U   , 0xAB'CD'EF)");
    CHECK(code_only("  #define A { \\\n  {\nb") == "               \n   \nb");
}

TEST_CASE("size: a project in order has no violation") {
    PlantedProject project;
    project.plant("core/sync/channel.h", "// Channel\n#pragma once\n" + lines(298, "// \n"));
    project.plant("core/sync/channel.cpp", "void push() {\n" + lines(58) + "}\n");
    project.plant("core/sync/gate.cpp",
                  "namespace co {\nnamespace {\nconstexpr int places = 3;\nconst char* const name = \"gate\";\n"
                  "const std::vector<int> all = {1, 2};\nthread_local Scheduler* scheduler_of_this_thread = nullptr;\n"
                  "struct Gate {\n    static int count();\n    static constexpr int limit{3};\n    int seats = 0;\n"
                  "  private:\n    std::map<int, int> waiting{};\n};\nenum class Kind : unsigned { open, shut };\n"
                  "using Wait = int;\nint count(std::span<int> all = {}, int seats = (3));\nextern \"C\" {\n"
                  "void c_function(void);\n}\n}\nGate::Gate() : seats{1}, waiting{} {\n    int local = 1;\n}\n"
                  "bool operator==(const Gate& a, const Gate& b) {\n    static const Names names = {1};\n}\n"
                  "template <typename T = int>\nrequires(sizeof(T) <= 8) T& operator<(T& a) { return a; }\n"
                  "template <typename T>\nvoid put(T) {}\nstruct Later;\nauto end() -> Later* { return {}; }\n}\n");
    CHECK(project.broken(check_size) == "");
}

TEST_CASE("size: each broken rule is told with its place") {
    PlantedProject project;
    std::string file = "core/sync/channel.cpp", text, expected;

    SUBCASE("a long function") {
        text = "namespace co {\n\nvoid push() {\n" + lines(59) + "}\n}\n";
        expected = "core/sync/channel.cpp:3: a function of 61 lines: no function is longer than 60";
    }
    SUBCASE("a long constructor, counted from its template") {
        text = "template <typename T>\nChannel<T>::Channel() : seats_{3}, name_(\"{\") {\n" + lines(60) + "}\n";
        expected = "core/sync/channel.cpp:1: a function of 63 lines";
    }
    SUBCASE("a long function in a class, with blocks and a lambda") {
        text = "class A {\n  public:\n    int a = 0;\n    void go(int b = {}) {\n        if (b) {\n" + lines(40) +
               "        }\n        run([] {\n" + lines(40) + "        });\n    }\n};\n";
        expected = "core/sync/channel.cpp:4: a function of 86 lines";
    }
    SUBCASE("a long function of the studio") {
        file = "visualizer/layout/tabs.cpp", text = "void draw() {\n" + lines(59) + "}\n";
        expected = "visualizer/layout/tabs.cpp:1: a function of 61 lines: no function is longer than 60";
    }
    SUBCASE("a long header") {
        file = "native/co/wide.h", text = lines(312, "// \n");
        expected = "native/co/wide.h:301: a header of 312 lines: no header is longer than 300";
    }
    SUBCASE("a global") {
        text = "namespace co {\nstd::vector<const int> all;\n}\n";
        expected = "core/sync/channel.cpp:2" + variable_rule;
    }
    SUBCASE("a global with a value") {
        text = "int a = f({1}, \"{\");\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("a global in braces") {
        text = "\nstd::atomic<int> a{1};\n";
        expected = "core/sync/channel.cpp:2" + variable_rule;
    }
    SUBCASE("a global function object") {
        text = "std::function<void(int)> hook;\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("a pointer to constants that can point elsewhere") {
        text = "const char* name = \"a\";\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("another variable of the thread") {
        text = "thread_local int depth = 0;\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("the scheduler's pointer for all threads") {
        text = "Scheduler* scheduler_of_this_thread = nullptr;\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("the table of signals where it does not belong") {
        text = "std::array<std::atomic<Watch*>, 64> signal_watchers;\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("a type's own variable") {
        text = "struct A {\n    int b = 0;\n    inline static int c = 0;\n};\n";
        expected = "core/sync/channel.cpp:3" + variable_rule;
    }
    SUBCASE("a variable behind a type") {
        text = "struct A {\n    int b = 0;\n} a;\n";
        expected = "core/sync/channel.cpp:1" + variable_rule;
    }
    SUBCASE("a function's static variable") {
        text = "int next() {\n    int a = 0;\n    if (a) {\n        static std::map<int, int> last{};\n    }\n}\n";
        expected = "core/sync/channel.cpp:4" + variable_rule;
    }

    project.plant(file, text);
    const std::string found = project.broken(check_size);
    CHECK_MESSAGE(found.starts_with(expected), found);
    CHECK_MESSAGE(std::ranges::count(found, '\n') == 1, found);
}
