#include "tests/visualizer/window/folder.h"

#include <fstream>
#include <random>

namespace co::studio {

TestFolder::TestFolder() {
    std::random_device random;
    folder_ =
        std::filesystem::temp_directory_path() / ("costudio-" + std::to_string(random()) + std::to_string(random()));
    std::filesystem::create_directories(folder_);
}

TestFolder::~TestFolder() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
}

std::filesystem::path TestFolder::write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = path(name);
    std::ofstream(file, std::ios::binary) << text;
    const auto start = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    std::filesystem::last_write_time(file, start + ++saved_);
    return file;
}

std::filesystem::path course_folder() { return std::filesystem::path(COSTUDIO_SOURCE_DIR) / "lessons/scripts"; }

std::filesystem::path lesson_file(const std::string& name) { return course_folder() / name; }

}  // namespace co::studio
