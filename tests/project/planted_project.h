// PlantedProject: a small project in a folder of its own, gone with the test.
//
//     PlantedProject project;
//     project.plant("core/sync/channel.cpp", "#include <unistd.h>\n");
//     CHECK(project.broken(check_architecture) == "core/sync/channel.cpp:1: …\n");
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/project/violation.h"

namespace co::project {

class PlantedProject {
  public:
    PlantedProject() {
        std::string name = (std::filesystem::temp_directory_path() / "costudio-project-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        root_ = name;
    }
    ~PlantedProject() { std::filesystem::remove_all(root_); }
    PlantedProject(const PlantedProject&) = delete;
    PlantedProject& operator=(const PlantedProject&) = delete;

    void plant(const std::string& file, const std::string& text) const {
        std::filesystem::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << text;
    }

    /// What a check finds, a line each.
    std::string broken(std::vector<Violation> (*check)(const std::filesystem::path&)) const {
        return lines_of(check(root_));
    }
    static std::string lines_of(const std::vector<Violation>& violations) {
        std::string text;
        for (const Violation& violation : violations) text += violation.text() + '\n';
        return text;
    }

  private:
    std::filesystem::path root_;
};

}  // namespace co::project
