#include "tests/headers/example.h"

#include <doctest/doctest.h>

using co::headers::as_code;
using co::headers::opening_example;

TEST_CASE("headers: the example is what stands four spaces in") {
    const auto example = opening_example(
        "// Gate: opens and closes.\n//\n//     Gate gate;\n//     if (wide)\n//         gate.open();\n//\n"
        "// Closing waits.\n//\n//     gate.close();\n//\n// Called anywhere.\n#pragma once\n//     not this\n");
    REQUIRE(example);
    CHECK(example->first_line == 3);
    CHECK(example->code == "Gate gate;\nif (wide)\n    gate.open();\n\n\n\ngate.close();");
}

TEST_CASE("headers: one that opens without an example has none") {
    CHECK_FALSE(opening_example(""));
    CHECK_FALSE(opening_example("#pragma once\n"));
    CHECK_FALSE(opening_example("// Gate: opens and closes.\n//   - slowly\n#pragma once\n//     Gate gate;\n"));
}

TEST_CASE("headers: an example is compiled as a function's body, a whole program as it stands") {
    CHECK(as_code({.first_line = 3, .code = "co::sleep(1s);"}, "loop", "co/loop.h") ==
          "namespace example::loop {\nvoid run() {\n#line 3 \"co/loop.h\"\nco::sleep(1s);\n}\n}\n");
    CHECK(as_code({.first_line = 4, .code = "int main() {\n}"}, "run", "co/run.h") ==
          "namespace example::run {\n#line 4 \"co/run.h\"\nint main() {\n}\n}\n");
}
