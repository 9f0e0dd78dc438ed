#include "tests/project/violation.h"

namespace co::project {

std::string Violation::text() const { return file + (line ? ":" + std::to_string(line) : "") + ": " + what; }

}  // namespace co::project
