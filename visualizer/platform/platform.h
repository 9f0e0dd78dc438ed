// Platform: the window, its input and its pixels behind portable names; one source file for each platform.
//
//     Window window({.title = "costudio", .size = {1280, 800}});
//     window.use(fonts);
//     Painter painter(window.begin_frame(), fonts, Theme::dark);
//     …
//     window.end_frame();
//
// All sizes are CSS pixels; `scale` says how many device pixels each has.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "visualizer/layout/scene.h"
#include "visualizer/platform/input.h"
#include "visualizer/platform/screenshot.h"
#include "visualizer/theme/fonts.h"
#include "visualizer/theme/theme.h"

struct ImDrawList;

namespace co::studio {

/// No window can be had: says why, and what to do.
struct PlatformError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Is there a screen on which a window can appear?
bool display_available();

/// Does the person ask their system for less motion?
bool reduced_motion();

class Window {
  public:
    struct Options {
        std::string title = "costudio";
        Size size{1280, 800};
        bool offscreen = false;  // nothing appears, pixels can be read; works without any display
        float scale = 0;         // device pixels per CSS pixel; 0: as the screen wants it
    };

    /// Throws PlatformError.
    explicit Window(const Options& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    Size size() const;
    float scale() const;

    /// Makes the texture of `fonts`, which must live as long as frames use it.
    void use(const Fonts& fonts);
    /// The list to draw the next frame into; ends with end_frame().
    ImDrawList& begin_frame(Color background);
    void end_frame();
    /// What the last frame shows, in device pixels.
    Screenshot pixels() const;

    /// Sleeps until there is input, at most `most`.
    void wait(std::chrono::milliseconds most);
    /// What happened since the last call.
    std::vector<Input> take_input();

    void set_title(const std::string& title);
    void set_pointer(Pointer pointer);
    void set_clipboard(const std::string& text);

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace co::studio
