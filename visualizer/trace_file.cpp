#include "visualizer/trace_file.h"

#include <fstream>
#include <stdexcept>

#include "visualizer/export/chrome_trace.h"

namespace co::studio {

std::filesystem::path place_for(const std::string& name) {
    std::error_code error;
    for (const auto& folder : {std::filesystem::current_path(error), std::filesystem::temp_directory_path(error)}) {
        const std::filesystem::path file = folder / name;
        if (std::ofstream(file, std::ios::binary | std::ios::app)) return file;
    }
    throw std::runtime_error(
        name +
        " can't be written: neither the current folder nor the folder for temporary files lets you. Start costudio in "
        "a folder of your own.");
}

std::filesystem::path write_text(const std::string& text, const std::string& name) {
    const std::filesystem::path file = place_for(name);
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error(file.string() + " can't be written whole: is the disk full?");
    return file;
}

std::filesystem::path write_trace(const Model& model, const std::string& name) {
    return write_text(chrome_trace(model), name + ".trace.json");
}

}  // namespace co::studio
