// FileWatch: notices that a file was saved, however an editor does it: written in place, or replaced by a new one.
//
//     FileWatch watch("demo.lua");
//     if (watch.changed()) run_again();
//
// It asks the file system each time it is asked; ask about ten times a second.
#pragma once

#include <cstdint>
#include <filesystem>

namespace co::studio {

class FileWatch {
  public:
    explicit FileWatch(std::filesystem::path file);

    const std::filesystem::path& file() const { return file_; }
    /// Is it another file than at the last call? While it is missing, between an editor's two renames, it is not.
    bool changed();

  private:
    struct Stamp {
        std::filesystem::file_time_type written{};
        std::uintmax_t size = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    Stamp look() const;

    std::filesystem::path file_;
    Stamp seen_;
};

}  // namespace co::studio
