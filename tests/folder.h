// A folder of a test's own, gone with the object.
//
//     const co::tests::Folder folder;
//     folder.write("demo.lua", "print('hi')");      // the file's path
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace co::tests {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "costudio-test-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw std::runtime_error("no folder can be made in " + std::filesystem::temp_directory_path().string());
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file into it; returns the file's path.
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return file(name);
    }
    std::string file(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

}  // namespace co::tests
