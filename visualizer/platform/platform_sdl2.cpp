// The platform with SDL2 and OpenGL 3: a desktop window, or an offscreen one for pictures and tests.
#include <SDL.h>
#include <SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "visualizer/platform/platform.h"

namespace co::studio {
namespace {

[[noreturn]] void fail(const std::string& what) {
    throw PlatformError(what + ": " + SDL_GetError() +
                        ". Without a display, play the lesson in the terminal: costudio play LESSON");
}

std::optional<KeyCode> key_of(SDL_Keycode code) {
    switch (code) {
        case SDLK_SPACE:
            return KeyCode::space;
        case SDLK_LEFT:
            return KeyCode::left;
        case SDLK_RIGHT:
            return KeyCode::right;
        case SDLK_UP:
            return KeyCode::up;
        case SDLK_DOWN:
            return KeyCode::down;
        case SDLK_HOME:
            return KeyCode::home;
        case SDLK_END:
            return KeyCode::end;
        case SDLK_PAGEUP:
            return KeyCode::page_up;
        case SDLK_PAGEDOWN:
            return KeyCode::page_down;
        case SDLK_RETURN:
        case SDLK_KP_ENTER:
            return KeyCode::enter;
        case SDLK_ESCAPE:
            return KeyCode::escape;
        case SDLK_BACKSPACE:
            return KeyCode::backspace;
        case SDLK_F1:
            return KeyCode::f1;
        case SDLK_DELETE:
            return KeyCode::del;
        case SDLK_TAB:
            return KeyCode::tab;
        case SDLK_F5:
            return KeyCode::f5;
        case SDLK_F9:
            return KeyCode::f9;
        case SDLK_F10:
            return KeyCode::f10;
        default:
            return std::nullopt;
    }
}

std::optional<KeyCode> letter_of(SDL_Keycode code) {
    switch (code) {
        case SDLK_a:
            return KeyCode::a;
        case SDLK_c:
            return KeyCode::c;
        case SDLK_k:
            return KeyCode::k;
        case SDLK_o:
            return KeyCode::o;
        case SDLK_s:
            return KeyCode::s;
        case SDLK_x:
            return KeyCode::x;
        case SDLK_y:
            return KeyCode::y;
        case SDLK_z:
            return KeyCode::z;
        default:
            return std::nullopt;
    }
}

Button button_of(std::uint8_t button) {
    return button == SDL_BUTTON_LEFT ? Button::left : button == SDL_BUTTON_MIDDLE ? Button::middle : Button::right;
}

Modifiers modifiers_now() {
    const int state = SDL_GetModState();
    return {(state & KMOD_SHIFT) != 0, (state & KMOD_CTRL) != 0, (state & KMOD_ALT) != 0};
}

}  // namespace

struct Window::Native {
    SDL_Window* window = nullptr;
    SDL_GLContext context = nullptr;
    ImGuiContext* imgui = nullptr;
    ImFontAtlas no_fonts;  // until use() brings some, and after they are gone
    std::array<SDL_Cursor*, 4> pointers{};
    float scale = 1;
    bool renderer = false;
    Color background;
    std::vector<Input> input;

    ~Native() {
        if (imgui != nullptr) {
            make_current();
            ImGui::GetIO().Fonts = &no_fonts;
            if (renderer) ImGui_ImplOpenGL3_Shutdown();
            ImGui::DestroyContext(imgui);
        }
        for (SDL_Cursor* pointer : pointers) {
            if (pointer != nullptr) SDL_FreeCursor(pointer);
        }
        if (context != nullptr) SDL_GL_DeleteContext(context);
        if (window != nullptr) SDL_DestroyWindow(window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    /// Windows count in points on some systems and in device pixels on others; input arrives in the former.
    float points_to_css() const {
        int points = 0, pixels = 0;
        SDL_GetWindowSize(window, &points, nullptr);
        SDL_GL_GetDrawableSize(window, &pixels, nullptr);
        return static_cast<float>(pixels) / static_cast<float>(std::max(1, points)) / scale;
    }
    Point css(int x, int y) const {
        return {static_cast<float>(x) * points_to_css(), static_cast<float>(y) * points_to_css()};
    }

    /// More than one window may be open: this one's OpenGL and ImGui are meant from here on.
    void make_current() const {
        SDL_GL_MakeCurrent(window, context);
        ImGui::SetCurrentContext(imgui);
    }

    void open(const Options& options);
    void open_imgui();
    void take(const SDL_Event& event);
    void take_key(SDL_Keycode code);
};

void Window::Native::open(const Options& options) {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    const auto width = static_cast<int>(std::lround(options.size.w * scale));
    const auto height = static_cast<int>(std::lround(options.size.h * scale));
    window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height,
                              SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (window == nullptr) fail("The window can't be opened");
    if (!options.offscreen)
        SDL_SetWindowMinimumSize(window, static_cast<int>(1024 * scale), static_cast<int>(640 * scale));
    context = SDL_GL_CreateContext(window);
    if (context == nullptr) fail("The window needs OpenGL 3.2, which is not there (package libgl1-mesa-dri)");
    SDL_GL_SetSwapInterval(options.offscreen ? 0 : 1);
    // Where windows count in points, the drawable is larger than the window: that is the screen's scale.
    if (options.scale <= 0) scale *= points_to_css() * scale;
}

void Window::Native::open_imgui() {
    IMGUI_CHECKVERSION();
    static_assert(sizeof(ImDrawIdx) == 2);  // many vertices need offsets, which OpenGL 3.2 has
    imgui = ImGui::CreateContext(&no_fonts);
    ImGui::SetCurrentContext(imgui);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;  // preferences.h keeps what is worth keeping
    io.LogFilename = nullptr;
    ImGuiStyle& style = ImGui::GetStyle();
    style.CircleTessellationMaxError = 0.1F;
    style.CurveTessellationTol = 0.5F;
    renderer = ImGui_ImplOpenGL3_Init("#version 150");
    if (!renderer) throw PlatformError("OpenGL can't be started. Install the package libgl1-mesa-dri.");
}

/// What the screen's resolution asks for, in quarters: 96 dots per inch are 1.
static float scale_of_screen() {
    if (const char* chosen = std::getenv("COSTUDIO_SCALE")) return std::clamp(std::strtof(chosen, nullptr), 0.5F, 4.0F);
    float dots = 96;
    if (std::strcmp(SDL_GetCurrentVideoDriver(), "x11") != 0 || SDL_GetDisplayDPI(0, nullptr, &dots, nullptr) != 0)
        return 1;
    return std::clamp(std::floor(dots / 96 * 4) / 4, 1.0F, 4.0F);
}

bool display_available() {
    const bool named = std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
    if (!named || SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return false;
    const std::string driver = SDL_GetCurrentVideoDriver();
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return driver == "x11" || driver == "wayland";
}

bool reduced_motion() { return std::getenv("COSTUDIO_REDUCED_MOTION") != nullptr; }

Window::Window(const Options& options) : native_(std::make_unique<Native>()) {
    if (options.offscreen) SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) fail("No window system answers");
    native_->scale = options.scale > 0 ? options.scale : options.offscreen ? 1 : scale_of_screen();
    native_->open(options);
    native_->open_imgui();
    const std::array shapes{SDL_SYSTEM_CURSOR_ARROW, SDL_SYSTEM_CURSOR_HAND, SDL_SYSTEM_CURSOR_SIZEWE,
                            SDL_SYSTEM_CURSOR_SIZENS};
    std::transform(shapes.begin(), shapes.end(), native_->pointers.begin(), SDL_CreateSystemCursor);
    SDL_StartTextInput();
}

Window::~Window() = default;

Size Window::size() const {
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(native_->window, &width, &height);
    return {static_cast<float>(width) / native_->scale, static_cast<float>(height) / native_->scale};
}

float Window::scale() const { return native_->scale; }

void Window::use(const Fonts& fonts) {
    native_->make_current();
    ImGui::GetIO().Fonts = &fonts.atlas();
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    if (!ImGui_ImplOpenGL3_CreateDeviceObjects()) throw PlatformError("OpenGL has no memory for the fonts.");
}

ImDrawList& Window::begin_frame(Color background) {
    native_->make_current();
    native_->background = background;
    ImGuiIO& io = ImGui::GetIO();
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(native_->window, &width, &height);
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = 1.0F / 60;  // nothing here moves by ImGui's own clock
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    return *ImGui::GetBackgroundDrawList();
}

void Window::end_frame() {
    ImGui::Render();
    auto part = [](std::uint8_t value) { return static_cast<float>(value) / 255; };
    const Color ground = native_->background;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    glViewport(0, 0, static_cast<int>(size.x), static_cast<int>(size.y));
    glClearColor(part(ground.red), part(ground.green), part(ground.blue), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    SDL_GL_SwapWindow(native_->window);
}

Screenshot Window::pixels() const {
    native_->make_current();
    Screenshot picture;
    SDL_GL_GetDrawableSize(native_->window, &picture.width, &picture.height);
    const auto width = static_cast<std::size_t>(picture.width), height = static_cast<std::size_t>(picture.height);
    std::vector<Color> rows(width * height);
    glReadBuffer(GL_FRONT);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, rows.data());
    for (std::size_t y = height; y-- > 0;) {  // OpenGL's first row is the lowest
        const auto row = rows.begin() + static_cast<std::ptrdiff_t>(y * width);
        picture.pixels.insert(picture.pixels.end(), row, row + static_cast<std::ptrdiff_t>(width));
    }
    return picture;
}

void Window::wait(std::chrono::milliseconds most) {
    SDL_Event event;
    const auto patience = std::clamp<std::int64_t>(most.count(), 0, 1000);  // SDL takes what is below 0 for "forever"
    if (SDL_WaitEventTimeout(&event, static_cast<int>(patience)) != 0) native_->take(event);
}

std::vector<Input> Window::take_input() {
    for (SDL_Event event; SDL_PollEvent(&event) != 0;) native_->take(event);
    return std::exchange(native_->input, {});
}

void Window::Native::take_key(SDL_Keycode code) {
    const Modifiers modifiers = modifiers_now();
    if (const auto key = key_of(code)) return input.push_back(KeyPressed{*key, modifiers});
    if (!modifiers.control) return;
    if (const auto letter = letter_of(code)) return input.push_back(KeyPressed{*letter, modifiers});
    if (code != SDLK_v) return;
    char* text = SDL_GetClipboardText();
    input.push_back(Pasted{text != nullptr ? text : ""});
    SDL_free(text);
}

void Window::Native::take(const SDL_Event& event) {
    switch (event.type) {
        case SDL_QUIT:
            return input.push_back(Closed{});
        case SDL_KEYDOWN:
            return take_key(event.key.keysym.sym);
        case SDL_DROPFILE:
            input.push_back(Dropped{event.drop.file});
            return SDL_free(event.drop.file);
        case SDL_TEXTINPUT:
            for (std::string_view text = event.text.text; !text.empty();) {
                if (const char32_t character = take_character(text); character != U' ')
                    input.push_back(Typed{character});
            }
            return;
        case SDL_MOUSEMOTION:
            return input.push_back(PointerMoved{css(event.motion.x, event.motion.y)});
        case SDL_MOUSEBUTTONDOWN:
            SDL_CaptureMouse(SDL_TRUE);  // a drag goes on beyond the window's edge
            return input.push_back(PointerPressed{css(event.button.x, event.button.y), button_of(event.button.button)});
        case SDL_MOUSEBUTTONUP:
            SDL_CaptureMouse(SDL_FALSE);
            return input.push_back(
                PointerReleased{css(event.button.x, event.button.y), button_of(event.button.button)});
        case SDL_MOUSEWHEEL:
            return input.push_back(Wheel{css(event.wheel.mouseX, event.wheel.mouseY), event.wheel.preciseX,
                                         event.wheel.preciseY, modifiers_now()});
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_LEAVE)
                input.push_back(PointerLeft{});
            else
                input.push_back(Resized{});  // or shown, uncovered: paint again
            return;
        default:
            return;
    }
}

void Window::set_title(const std::string& title) {
    if (title != SDL_GetWindowTitle(native_->window)) SDL_SetWindowTitle(native_->window, title.c_str());
}

void Window::set_pointer(Pointer pointer) {
    if (SDL_Cursor* shape = native_->pointers[static_cast<std::size_t>(pointer)]) SDL_SetCursor(shape);
}

void Window::set_clipboard(const std::string& text) { SDL_SetClipboardText(text.c_str()); }

}  // namespace co::studio
