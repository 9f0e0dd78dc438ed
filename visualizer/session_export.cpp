// Session: the run as files: for Perfetto, as text, as a picture, and whole.
#include "lessons/host/saved_run.h"
#include "visualizer/export/text.h"
#include "visualizer/session.h"

namespace co::studio {

/// False: it is no command of these.
bool Session::perform_on_files(Command command) {
    switch (command) {
        case Command::export_trace:
            return export_trace(), true;
        case Command::export_text:
            return export_text(), true;
        case Command::save_run:
            return export_run(), true;
        case Command::share:
            return share(), true;
        case Command::export_picture:
            picture_ = lesson_.id;
            return true;
        default:
            return false;
    }
}

/// What a person writes so that their shell takes it as one word.
static std::string quoted(const std::string& word) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+@";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string text = "'";
    for (const char letter : word) text += letter == '\'' ? "'\\''" : std::string(1, letter);
    return text + "'";
}

void Session::share() {
    std::string command = "./costudio ";
    command += place_in_course() ? std::to_string(lesson_.order) : quoted(file_.string());
    const Plan& plan = futures_->now();
    if (plan.seed != lesson_.seeds.front()) command += " --seed " + std::to_string(plan.seed);
    if (!plan.schedule.empty()) command += " --schedule " + quoted(lessons::to_text(plan.schedule));
    command += " --step " + std::to_string(view_.cursor);
    copied_ = command;
    const bool is_own = buffer_.text() != original_;
    tell("Copied: " + command +
         (is_own ? "  Your own version of the program is not in it: save the run for that." : ""));
}

void Session::export_trace() {
    try {
        copied_ = workshop_->write_trace(*model_, lesson_.id);
        tell("The trace is in " + *copied_ + " (copied). Open it at ui.perfetto.dev.");
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

void Session::write_picture(const Screenshot& picture, const std::string& name) {
    try {
        copied_ = workshop_->write_picture(picture, name);
        tell("The picture is in " + *copied_ + " (copied).");
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

void Session::export_text() {
    try {
        copied_ = workshop_->write_text(events_text(*model_), lesson_.id + ".events.txt");
        tell("The events are in " + *copied_ + " (copied).");
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

void Session::export_run() {
    try {
        const lessons::RunResult run{model_->recorded(), output_, findings_, futures_->now().schedule};
        copied_ = workshop_->write_text(lessons::save_run(run), lesson_.id + ".costudio");
        tell("The run is in " + *copied_ +
             " (copied). Open it again with ./costudio, or drop it on the studio or its page.");
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

}  // namespace co::studio
