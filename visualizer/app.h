// App: the studio as the command line starts it: in a window, or as a picture of one.
//
//     co::studio::run_window({.file = "lessons/scripts/12-channels.md", .lessons = "lessons/scripts"});
//     co::studio::write_shot({.file = "demo.lua", .step = 20}, {.file = "demo.png"});
//
// Both throw std::runtime_error with what is wrong and what to do: the file can't be read, no window can be had.
#pragma once

#include <filesystem>

#include "visualizer/platform/platform.h"
#include "visualizer/studio.h"

namespace co::studio {

/// Lessons from files, programs run in this process, typefaces as they are installed here.
StudioParts parts_of_this_machine(const Opening& opening, Window::Options window);

/// Returns when the person closes the window: 0.
int run_window(const Opening& opening);

struct ShotOptions {
    std::filesystem::path file;  // the PNG to write
    float scale = 1;             // device pixels per CSS pixel
};

/// The same opening gives the same bytes; needs no display. Returns 0.
int write_shot(const Opening& opening, const ShotOptions& options);

}  // namespace co::studio
