// CommandLine: the words after `costudio`, taken apart: one command each with its own options and its own --help.
//
//     CommandLine line;
//     CLI::App& sim = line.command("sim", "Run a program on the simulated machine", [] { return Exit::ok; });
//     sim.add_option("FILE", file)->required();
//     return line.run(count, words);
//
// What can't be understood ends with exit code 2 and a suggestion; what a command finds wrong, with exit code 1.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "native/cli/exit.h"

namespace co::cli {

class CommandLine {
  public:
    explicit CommandLine(const std::string& version);

    /// Adds a command; its options are added to what is returned. `action` runs when all words are understood.
    CLI::App& command(const std::string& name, const std::string& description, std::function<Exit()> action);

    /// The program itself, as it is called without a command.
    CLI::App& program() { return app_; }
    void without_command(std::function<Exit()> action) { default_action_ = std::move(action); }
    std::vector<std::string> command_names() const;

    int run(int count, const char* const* words);

  private:
    int complain(const CLI::ParseError& error) const;

    CLI::App app_;
    std::function<Exit()> default_action_;
    std::function<Exit()> chosen_action_;
};

/// Checks of an option's value whose messages a person understands.
CLI::Validator whole_number();
CLI::Validator time_text();
CLI::Validator picture_size();

}  // namespace co::cli
