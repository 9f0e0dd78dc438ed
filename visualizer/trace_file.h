// The trace of a run as a file for Perfetto, where the person can find it.
#pragma once

#include <filesystem>
#include <string>

#include "visualizer/model/model.h"

namespace co::studio {

/// Writes NAME.trace.json into the current folder, or where that can't be written into the folder for temporary files.
/// Returns the whole path; throws std::runtime_error when neither can.
std::filesystem::path write_trace(const Model& model, const std::string& name);

}  // namespace co::studio
