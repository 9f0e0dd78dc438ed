#include "visualizer/platform/screenshot.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "tests/visualizer/window/folder.h"

using namespace co::studio;

TEST_CASE("screenshot: the same pixels give the same PNG, and a place that can't be written is named") {
    const TestFolder folder;
    Screenshot picture{2, 1, {{255, 0, 0, 255}, {0, 0, 255, 255}}};
    picture.write_png(folder.path("a.png"));
    picture.write_png(folder.path("b.png"));
    auto bytes = [&](const char* name) {
        std::ifstream in(folder.path(name), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    CHECK(bytes("a.png").starts_with("\x89PNG"));
    CHECK(bytes("a.png") == bytes("b.png"));
    CHECK(picture.at(1, 0) == Color{0, 0, 255, 255});
    CHECK_THROWS_WITH_AS(picture.write_png("/nowhere/c.png"), doctest::Contains("/nowhere/c.png"), std::runtime_error);
}
