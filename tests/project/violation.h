// Violation: a place in the project that breaks one of its rules.
#pragma once

#include <string>

namespace co::project {

struct Violation {
    std::string file;   // from the root
    unsigned line = 0;  // 0: the file or folder itself
    std::string what;   // what stands there, and the rule that it breaks

    std::string text() const;
};

}  // namespace co::project
