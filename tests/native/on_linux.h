// Running a program on the machine that the tests run on, in a folder of its own.
//
//     Folder folder;
//     CHECK(run_on_linux([&] { CHECK(co::write_file(folder / "note", "tea")); }) == "");
#pragma once

#include <filesystem>
#include <string>

#include <unistd.h>

#include <co/linux_kernel.h>
#include <co/scheduler.h>

/// Runs `program` on a kernel of its own; what went wrong.
template <typename Program>
std::string run_on_linux(Program program) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    return scheduler.run(program).text();
}

/// A folder of this test's own, gone at its end.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("costudio-test-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string operator/(const char* name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};
