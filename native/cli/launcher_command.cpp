// costudio build, test, bench: work of the launcher, which stands in the project's root. They are named here so that
// --help lists them and a mistyped one is suggested.
#include <iostream>

#include "native/cli/commands.h"

namespace co::cli {
namespace {

void add(CommandLine& line, const std::string& name, const std::string& description) {
    CLI::App& command = line.command(name, description, [name] {
        std::cerr << "costudio: " << name << " is the launcher's work; in the project's folder, write: ./costudio "
                  << name << '\n';
        return Exit::misunderstood;
    });
    command.allow_extras();
}

}  // namespace

void add_launcher(CommandLine& line) {
    add(line, "build", "Install what is missing and leave the release build ready");
    add(line, "test", "Build and run every test");
    add(line, "bench", "Measure the runtime");
}

}  // namespace co::cli
