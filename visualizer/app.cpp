#include "visualizer/app.h"

#include <chrono>

#include "visualizer/file_workshop.h"

namespace co::studio {
namespace {

class Stopwatch {
  public:
    Time now() const { return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now() - start_); }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string title_of(const Session& session) {
    const std::string& title = session.lesson().title;
    return title.empty() ? "costudio" : title + " - costudio";
}

}  // namespace

StudioParts parts_of_this_machine(const Opening& opening, Window::Options window) {
    return {std::make_unique<FileWorkshop>(opening.lessons), read_fonts(find_font_files(default_font_folders())),
            std::move(window)};
}

int run_window(const Opening& opening) {
    const Preferences preferences = load_preferences(preferences_file());
    StudioParts parts = parts_of_this_machine(opening, {.size = opening.size.value_or(preferences.size)});
    parts.workshop = std::make_unique<FileWorkshop>(opening.lessons, drafts_folder());
    Studio studio(opening, preferences, std::move(parts));
    const Stopwatch stopwatch;
    studio.frame(stopwatch.now(), {});
    do {
        studio.window().set_title(title_of(studio.session()));
        studio.window().wait(studio.next_wake() - stopwatch.now());
    } while (studio.frame(stopwatch.now(), studio.window().take_input()));
    studio.session().keep_draft();
    save_preferences(studio.session().preferences(studio.window().size()), preferences_file());
    return 0;
}

int write_shot(const Opening& opening, const ShotOptions& options) {
    const Size size = opening.size.value_or(Size{1280, 800});
    Studio studio(opening, {},
                  parts_of_this_machine(opening, {.size = size, .offscreen = true, .scale = options.scale}));
    studio.reduce_motion();
    studio.frame(Time{0}, {});
    studio.picture().write_png(options.file);
    return 0;
}

}  // namespace co::studio
