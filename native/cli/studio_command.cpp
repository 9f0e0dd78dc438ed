// costudio [LESSON|FILE]: the window, or the terminal player where no window can appear.
#include "native/cli/commands.h"
#include "native/cli/player.h"
#include "native/cli/subject.h"
#include "visualizer/app.h"

namespace co::cli {
namespace {

Exit open_studio(const std::string& word, const std::vector<std::string>& command_names) {
    const std::filesystem::path file = word.empty() ? all_lessons().front().file : find_file(word, command_names);
    if (!co::studio::display_available()) return play_in_terminal(find_subject(file.string()));
    return static_cast<Exit>(co::studio::run_window({.file = file, .lessons = lessons_folder()}));
}

}  // namespace

void add_studio(CommandLine& line) {
    auto word = std::make_shared<std::string>();
    line.program().add_option("LESSON|FILE", *word,
                              "A lesson's number or id, or a file (.md, .lua, .costudio); none: the first lesson");
    line.without_command([word, &line] { return open_studio(*word, line.command_names()); });
}

}  // namespace co::cli
