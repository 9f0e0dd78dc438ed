// The commands of costudio, each in a file of its own: what it is called, what it takes, what it does.
//
//     CommandLine line(COSTUDIO_VERSION);
//     add_sim(line);
#pragma once

#include "native/cli/command_line.h"

namespace co::cli {

void add_studio(CommandLine& line);  // no command: the window, or the terminal where there is none
void add_play(CommandLine& line);
void add_sim(CommandLine& line);
void add_sim_test(CommandLine& line);
void add_run(CommandLine& line);
void add_lessons(CommandLine& line);
void add_check(CommandLine& line);
void add_shot(CommandLine& line);
void add_launcher(CommandLine& line);  // what ./costudio does before this program exists

}  // namespace co::cli
