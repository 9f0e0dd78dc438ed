// check_browser(): what is compiled for the browser too uses nothing that the browser's C++ library lacks, so that
// nobody who builds natively only can break the page's build.
//
//     for (const Violation& violation : check_browser("/home/me/costudio")) std::puts(violation.text().c_str());
//     // visualizer/session.cpp:80: std::ranges::max: the browser's library has it not; …
//
// That library is libc++ 14. Of the algorithms over ranges it has those that wasm/ranges.h adds; views, <format> and a
// few more it has not at all. Looks through core, lessons, visualizer and wasm. It reads text and is no compiler: a
// name behind `using` or a namespace's other name is not seen.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/project/violation.h"

namespace co::project {

/// In the order of the files' names.
std::vector<Violation> check_browser(const std::filesystem::path& root);

}  // namespace co::project
