// costudio [LESSON|FILE]: the window, or the terminal player where no window can appear.
#include <algorithm>
#include <limits>

#include "native/cli/choices.h"
#include "native/cli/commands.h"
#include "native/cli/player.h"
#include "native/cli/subject.h"
#include "native/cli/values.h"
#include "visualizer/app.h"

namespace co::cli {
namespace {

/// What a shared moment says: which run, and where in it.
struct StudioWords {
    std::string subject;
    std::string seed;
    std::string schedule;
    std::string step;
};

Exit open_studio(const StudioWords& words, const std::vector<std::string>& command_names) {
    const std::filesystem::path file =
        words.subject.empty() ? all_lessons().front().file : find_file(words.subject, command_names);
    if (!co::studio::display_available()) return play_in_terminal(find_subject(file.string()));
    co::studio::Opening opening{.file = file, .lessons = lessons_folder()};
    if (!words.seed.empty()) opening.seed = parse_whole_number(words.seed);
    opening.schedule = parse_choices(words.schedule);
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();  // a step beyond the last is the last
    if (!words.step.empty())
        opening.step = static_cast<std::uint32_t>(std::min(parse_whole_number(words.step).value(), most));
    return static_cast<Exit>(co::studio::run_window(opening));
}

}  // namespace

void add_studio(CommandLine& line) {
    auto words = std::make_shared<StudioWords>();
    CLI::App& program = line.program();
    program.add_option("LESSON|FILE", words->subject,
                       "A lesson's number or id, or a file (.md, .lua, .costudio); none: the first lesson");
    program.add_option("--seed", words->seed, "Of the run in the window")->type_name("N")->check(whole_number());
    program.add_option("--schedule", words->schedule, "Who runs next at a step: 14:3,22:main; or a file of that")
        ->type_name("FILE|LIST");
    program.add_option("--step", words->step, "Where the playhead stands in the window (0: before the first)")
        ->type_name("N")
        ->check(whole_number());
    line.without_command([words, &line] { return open_studio(*words, line.command_names()); });
}

}  // namespace co::cli
