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

/// A folder of its own, gone with the object.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file into it; returns the file's path.
    std::string write(const std::string& name, const std::string& text) const;
    std::string file(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

std::string read(const std::filesystem::path& file);
bool has(const std::string& text, std::string_view part);

}  // namespace co::tests
