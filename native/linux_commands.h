// LinuxCommands: commands that run beside the program, each `/bin/sh -c`.
//
//     LinuxCommands commands;
//     Result<Command> started = commands.spawn("ls -l");
//     …                                                  // started->ended is readable: a pidfd
//     Result<ProcessEnd> end = commands.reap(started->process);
#pragma once

#include <set>
#include <string>

#include <co/kernel.h>

namespace co {

class LinuxCommands {
  public:
    LinuxCommands() = default;
    LinuxCommands(const LinuxCommands&) = delete;
    LinuxCommands& operator=(const LinuxCommands&) = delete;
    /// Kills those that still run, with all that they started, and reaps them.
    ~LinuxCommands();

    Result<Command> spawn(const std::string& line);
    Result<ProcessEnd> reap(ProcessId command);
    Result<void> kill(ProcessId command);

  private:
    void reap_killed();

    std::set<ProcessId> running_;  // and those that ended and were not reaped
    std::set<ProcessId> killed_;   // of them: nobody may ask for their end
};

}  // namespace co
