// costudio play LESSON|FILE: the terminal player.
#include <iostream>

#include "lessons/host/simulate.h"
#include "native/cli/commands.h"
#include "native/cli/player.h"
#include "native/cli/subject.h"
#include "native/cli/tty.h"
#include "visualizer/lesson_texts.h"
#include "visualizer/terminal/player.h"

namespace co::cli {

Exit play_in_terminal(const co::lessons::Lesson& lesson) {
    co::lessons::RunResult run =
        co::lessons::simulate(co::lessons::script_of(lesson), {.seed = lesson.seeds.front(), .limits = lesson.limits});
    const bool ok = run.ok();
    co::studio::Model model(std::move(run.trace));
    for (const auto& finding : run.findings) model.add_problem(co::studio::problem_of(finding));

    if (auto terminal = Tty::open()) {
        co::studio::play(model, co::studio::lesson_text_of(lesson, all_lessons()), *terminal);
        return Exit::ok;
    }
    std::cout << co::studio::plain(model);
    return ok ? Exit::ok : Exit::failed;
}

void add_play(CommandLine& line) {
    auto word = std::make_shared<std::string>();
    CLI::App& command =
        line.command("play", "Play a lesson in the terminal", [word] { return play_in_terminal(find_subject(*word)); });
    command.add_option("LESSON|FILE", *word, "A lesson's number or id, or a file (.md, .lua)")->required();
}

}  // namespace co::cli
