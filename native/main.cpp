// costudio: the program. Each line below is a command, and a file in native/cli.
#include "native/cli/commands.h"

int main(int count, char** words) {
    co::cli::CommandLine line(COSTUDIO_VERSION);
    co::cli::add_studio(line);
    co::cli::add_play(line);
    co::cli::add_sim(line);
    co::cli::add_sim_test(line);
    co::cli::add_run(line);
    co::cli::add_lessons(line);
    co::cli::add_check(line);
    co::cli::add_shot(line);
    co::cli::add_launcher(line);
    return line.run(count, words);
}
