#include "tests/headers/example.h"

#include <sstream>

namespace co::headers {
namespace {

constexpr std::string_view margin = "//     ";

bool is_whole_program(const Example& example) { return example.code.starts_with("int main("); }

}  // namespace

std::optional<Example> opening_example(std::string_view header) {
    Example example;
    std::istringstream lines{std::string(header)};
    std::string line;
    for (unsigned number = 1; std::getline(lines, line) && line.starts_with("//"); ++number) {
        if (!line.starts_with(margin)) {
            if (example.first_line) example.code += '\n';  // so that what follows keeps its line
            continue;
        }
        if (!example.first_line) example.first_line = number;
        example.code += line.substr(margin.size()) + '\n';
    }
    if (!example.first_line) return std::nullopt;
    example.code.resize(example.code.find_last_not_of('\n') + 1);
    return example;
}

std::string as_code(const Example& example, std::string_view name, std::string_view file) {
    const bool whole = is_whole_program(example);
    std::ostringstream code;
    code << "namespace example::" << name << " {\n"
         << (whole ? "" : "void run() {\n") << "#line " << example.first_line << " \"" << file << "\"\n"
         << example.code << '\n'
         << (whole ? "" : "}\n") << "}\n";
    return code.str();
}

}  // namespace co::headers
