// A folder of its own for a test, gone when the test ends.
//
//     const TestFolder folder;
//     folder.write("demo.lua", "print('hi')");
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace co::studio {

class TestFolder {
  public:
    TestFolder();
    ~TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    std::filesystem::path path(const std::string& name) const { return folder_ / name; }
    /// Writes the file as if it were saved a second later than the last one, however fast the test runs.
    std::filesystem::path write(const std::string& name, const std::string& text);

  private:
    std::filesystem::path folder_;
    std::chrono::seconds saved_{0};
};

/// The lesson of this name in the course: "12-channels.md".
std::filesystem::path lesson_file(const std::string& name);
std::filesystem::path course_folder();

}  // namespace co::studio
