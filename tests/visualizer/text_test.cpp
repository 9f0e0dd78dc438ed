#include <algorithm>

#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "visualizer/export/text.h"

using namespace co::studio;

TEST_CASE("the events as text: one line a step, in columns") {
    const Model model(lesson12_trace());
    CHECK(event_text(model.line(20)) ==
          "   20    0.120 s  co#2   push              push(\"milk\"): no consumer waits, so it takes seat 1");
    const std::string text = events_text(model);
    CHECK(std::ranges::count(text, '\n') == 39);
    CHECK(text.starts_with("    1    0.000 s  main   starts  "));
}
