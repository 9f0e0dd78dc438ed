// costudio(): the built program as a child process, the way a person's shell runs it.
//
//     Ended ended = costudio({"sim", "demo.lua"});
//     ended.code        // 0
//     ended.output      // what it wrote on standard output
//
// It has no terminal and no display.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/folder.h"

namespace co::tests {

struct Ended {
    int code;  // -1: by a signal
    std::string output;
    std::string errors;
};

Ended run_program(const std::filesystem::path& program, const std::vector<std::string>& words,
                  const std::vector<std::string>& variables = {});

Ended costudio(const std::vector<std::string>& words, const std::vector<std::string>& variables = {});

/// The same program over the other way of switching coroutines; a release build has none.
std::filesystem::path costudio_over_ucontext();

std::string read(const std::filesystem::path& file);
bool has(const std::string& text, std::string_view part);

}  // namespace co::tests
