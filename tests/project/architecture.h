// check_architecture(): the folder rules of the project, read off its #include lines.
//
//     for (const Violation& violation : check_architecture("/home/me/costudio")) std::puts(violation.text().c_str());
//     // core/sync/channel.cpp:3: <co/reactor.h>: a layer of core includes itself and those to its left, …
//
// The compiler keeps some of these rules; this keeps all of them, and says which one was broken.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/project/violation.h"

namespace co::project {

/// Looks through core, native, lessons and visualizer below `root`; in the order of the files' names.
std::vector<Violation> check_architecture(const std::filesystem::path& root);

}  // namespace co::project
