// The trace of a run as a file for Perfetto, where the person can find it.
#pragma once

#include <filesystem>
#include <string>

#include "visualizer/model/model.h"

namespace co::studio {

/// Writes NAME.trace.json into the current folder, or where that can't be written into the folder for temporary files.
/// Returns the whole path; throws std::runtime_error when neither can.
std::filesystem::path write_trace(const Model& model, const std::string& name);

/// The same for a text under its whole name.
std::filesystem::path write_text(const std::string& text, const std::string& name);
/// Where a file of this name can be written: in the current folder, else in the one for temporary files. Throws
/// std::runtime_error.
std::filesystem::path place_for(const std::string& name);

}  // namespace co::studio
