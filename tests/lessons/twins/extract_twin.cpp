// extract_twin LESSON.md TWIN.cpp TWIN.expect: cuts the C++ twin and the expected output out of a lesson file.
#include <fstream>
#include <iostream>

#include "lessons/format/lesson.h"

namespace {

void write(const char* file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    if (!stream.flush()) throw std::runtime_error(std::string("can't write ") + file);
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count != 4) throw std::runtime_error("extract_twin needs a lesson and the two files to write");
        const co::lessons::Lesson lesson = co::lessons::read_lesson(arguments[1]);
        if (!lesson.cpp || !lesson.expect) throw std::runtime_error("the lesson has no `cpp` or no `expect` fence");
        // So that the compiler speaks of the lesson's own lines.
        const std::string place =
            "#line " + std::to_string(lesson.cpp->first_line) + " \"" + lesson.file.string() + "\"\n";
        write(arguments[2], place + lesson.cpp->text);
        write(arguments[3], lesson.expect->text);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
