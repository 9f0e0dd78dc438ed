// The platform in a browser: ImGui's OpenGL 3 back end on the WebGL 2 context of the page's canvas.
//
// The page brings time and input, so what waits for them in a desktop window does not exist here. Its script keeps
// `canvas` (the element) and `canvasScale` (device pixels per CSS pixel) in the module, and reads `canvasPointer`.
#include <GLES3/gl3.h>
#include <backends/imgui_impl_opengl3.h>
#include <emscripten.h>
#include <imgui.h>

#include "visualizer/platform/platform.h"

namespace co::studio {
namespace {

EM_JS(int, open_webgl, (), {
    var wanted = {alpha : true, antialias : false, depth : false, stencil : false, premultipliedAlpha : true};
    var context = Module["canvas"].getContext("webgl2", wanted);
    if (!context) return 0;
    GL.makeContextCurrent(GL.registerContext(context, {majorVersion : 2, minorVersion : 0}));
    return 1;
});
EM_JS(int, canvas_width, (), { return Module["canvas"].width; });
EM_JS(int, canvas_height, (), { return Module["canvas"].height; });
EM_JS(double, canvas_scale, (), { return Module["canvasScale"] || 1; });
EM_JS(void, show_pointer, (int shape), { Module["canvasPointer"] = shape; });
EM_JS(void, write_clipboard, (const char* text), { navigator.clipboard.writeText(UTF8ToString(text)); });

}  // namespace

struct Window::Native {
    ImFontAtlas no_fonts;  // until use() brings some, and after they are gone
    ImGuiContext* imgui = nullptr;

    ~Native() {
        if (imgui == nullptr) return;
        ImGui::GetIO().Fonts = &no_fonts;
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext(imgui);
    }
};

/// The page asks the person's system itself, and tells the studio.
bool reduced_motion() { return false; }

Window::Window(const Options&) : native_(std::make_unique<Native>()) {
    if (open_webgl() == 0)
        throw PlatformError(
            "This browser does not give WebGL 2, so lanes and inspector can't be drawn. Its settings "
            "may have switched it off.");
    native_->imgui = ImGui::CreateContext(&native_->no_fonts);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    ImGuiStyle& style = ImGui::GetStyle();
    style.CircleTessellationMaxError = 0.1F;
    style.CurveTessellationTol = 0.5F;
    ImGui_ImplOpenGL3_Init("#version 300 es");
}

Window::~Window() = default;

Size Window::size() const {
    return {static_cast<float>(canvas_width()) / scale(), static_cast<float>(canvas_height()) / scale()};
}

float Window::scale() const { return static_cast<float>(canvas_scale()); }

void Window::use(const Fonts& fonts) {
    ImGui::GetIO().Fonts = &fonts.atlas();
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    if (!ImGui_ImplOpenGL3_CreateDeviceObjects()) throw PlatformError("WebGL has no memory for the fonts.");
}

/// What no panel covers stays transparent, whatever the background: the page lies there.
ImDrawList& Window::begin_frame(Color) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(canvas_width()), static_cast<float>(canvas_height())};
    io.DeltaTime = 1.0F / 60;  // nothing here moves by ImGui's own clock
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    return *ImGui::GetBackgroundDrawList();
}

void Window::end_frame() {
    ImGui::Render();
    glViewport(0, 0, canvas_width(), canvas_height());
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

/// Right after a frame only: the browser clears the canvas once it has shown it.
Screenshot Window::pixels() const {
    Screenshot picture{.width = canvas_width(), .height = canvas_height(), .pixels = {}};
    const auto width = static_cast<std::size_t>(picture.width), height = static_cast<std::size_t>(picture.height);
    std::vector<Color> rows(width * height);
    glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, rows.data());
    for (std::size_t y = height; y-- > 0;) {  // OpenGL's first row is the lowest
        const auto row = rows.begin() + static_cast<std::ptrdiff_t>(y * width);
        picture.pixels.insert(picture.pixels.end(), row, row + static_cast<std::ptrdiff_t>(width));
    }
    return picture;
}

void Window::set_pointer(Pointer pointer) { show_pointer(static_cast<int>(pointer)); }

void Window::set_clipboard(const std::string& text) { write_clipboard(text.c_str()); }

}  // namespace co::studio
