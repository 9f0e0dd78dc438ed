#include "tests/cli/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace co::tests {
namespace {

namespace fs = std::filesystem;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

// Ours without what would give the child a window, and with the variables asked for.
std::vector<std::string> environment(const std::vector<std::string>& variables) {
    std::vector<std::string> list;
    for (char** variable = environ; *variable; ++variable) {
        const std::string_view text = *variable;
        if (text.starts_with("DISPLAY=") || text.starts_with("WAYLAND_DISPLAY=") || text.starts_with("COSTUDIO_"))
            continue;
        list.emplace_back(text);
    }
    list.insert(list.end(), variables.begin(), variables.end());
    return list;
}

}  // namespace

Ended run_program(const fs::path& program, const std::vector<std::string>& words,
                  const std::vector<std::string>& variables) {
    const Folder folder;
    const std::string output = folder.file("output");
    const std::string errors = folder.file("errors");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT, 0600);

    std::vector<std::string> arguments = {program.string()};
    arguments.insert(arguments.end(), words.begin(), words.end());
    std::vector<std::string> variable_texts = environment(variables);
    pid_t child = 0;
    const int failure = posix_spawn(&child, program.c_str(), &files, nullptr, pointers(arguments).data(),
                                    pointers(variable_texts).data());
    posix_spawn_file_actions_destroy(&files);
    if (failure != 0) throw std::runtime_error(program.string() + " can't be started; build the target costudio");

    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(output), read(errors)};
}

Ended costudio(const std::vector<std::string>& words, const std::vector<std::string>& variables) {
    return run_program(fs::path(COSTUDIO_BINARY_DIR) / "costudio", words, variables);
}

fs::path costudio_over_ucontext() { return fs::path(COSTUDIO_BINARY_DIR) / "costudio-ucontext"; }

std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(text).str();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace co::tests
