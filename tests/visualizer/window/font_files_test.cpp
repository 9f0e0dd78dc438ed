#include "visualizer/theme/font_files.h"

#include <doctest/doctest.h>

#include "tests/visualizer/window/folder.h"

using namespace co::studio;

TEST_CASE("font files: the installed typefaces are found") {
    const FontFiles files = find_font_files(default_font_folders());
    CHECK(files.warning == "");
    CHECK(files.path(Face::inter_semibold).filename() == "Inter-SemiBold.otf");
    CHECK(files.path(Face::mono_regular).filename() == "JetBrainsMono-Regular.ttf");
}

TEST_CASE("font files: a missing typeface is replaced by the likest one, and the package is named") {
    TestFolder folder;
    folder.write("DejaVuSans.ttf", "");
    folder.write("DejaVuSans-Bold.ttf", "");
    folder.write("DejaVuSansMono.ttf", "");
    folder.write("readme.txt", "");
    const FontFiles files = find_font_files({folder.path("")});
    CHECK(files.path(Face::inter_regular).filename() == "DejaVuSans.ttf");
    CHECK(files.path(Face::inter_semibold).filename() == "DejaVuSans-Bold.ttf");
    CHECK(files.path(Face::mono_regular).filename() == "DejaVuSansMono.ttf");
    CHECK(files.warning.find("apt install fonts-inter fonts-jetbrains-mono") != std::string::npos);

    folder.write("JetBrainsMono-Regular.ttf", "");
    const FontFiles half = find_font_files({folder.path("")});
    CHECK(half.path(Face::mono_semibold).filename() == "JetBrainsMono-Regular.ttf");
}

TEST_CASE("font files: where there is no font at all, none is named") {
    const TestFolder folder;
    const FontFiles files = find_font_files({folder.path("")});
    CHECK(files.path(Face::inter_regular).empty());
    CHECK(files.warning != "");
}
