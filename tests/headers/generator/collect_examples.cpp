// collect_examples OUT.cpp HEADER...: writes a C++ file that holds the example of every header.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "tests/headers/example.h"

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw std::runtime_error("can't read " + file.string());
    return text.str();
}

std::string example_of(const fs::path& header) {
    const auto example = co::headers::opening_example(text_of(header));
    if (!example) {
        throw std::runtime_error(header.string() +
                                 ":1: a public header opens with what it is and a short example, four spaces in");
    }
    return co::headers::as_code(*example, "of_" + header.stem().string(), header.string());
}

}  // namespace

int main(int count, char** words) {
    try {
        if (count < 3) throw std::runtime_error("collect_examples needs the file to write and the headers");
        std::string code = "#include \"tests/headers/prelude.h\"\n";
        for (int i = 2; i < count; ++i) code += example_of(words[i]);
        std::ofstream stream(words[1], std::ios::binary);
        if (!(stream << code).flush()) throw std::runtime_error(std::string("can't write ") + words[1]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
