#include "visualizer/trace_file.h"

#include <fstream>
#include <stdexcept>

#include "visualizer/export/chrome_trace.h"

namespace co::studio {

std::filesystem::path write_trace(const Model& model, const std::string& name) {
    const std::string json = chrome_trace(model);
    std::error_code error;
    for (const auto& folder : {std::filesystem::current_path(error), std::filesystem::temp_directory_path(error)}) {
        const std::filesystem::path file = folder / (name + ".trace.json");
        std::ofstream out(file, std::ios::binary);
        out << json;
        out.close();
        if (out) return file;
    }
    throw std::runtime_error(
        "The trace can't be written: neither the current folder nor the folder for temporary "
        "files lets you. Start costudio in a folder of your own.");
}

}  // namespace co::studio
