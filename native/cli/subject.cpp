#include "native/cli/subject.h"

#include <algorithm>
#include <cstdlib>

#include <co/suggest.h>

#include "native/cli/exit.h"
#include "visualizer/file_workshop.h"

namespace co::cli {
namespace {

namespace fs = std::filesystem;
using co::lessons::Lesson;

bool looks_like_a_file(const std::string& word) {
    return word.ends_with(".lua") || word.ends_with(".md") || word.ends_with(".costudio") ||
           word.find('/') != std::string::npos;
}

fs::path checked_file(const fs::path& file) {
    if (!fs::exists(file)) throw Misunderstood("there is no file " + file.string());
    if (fs::is_directory(file)) throw Misunderstood(file.string() + " is a folder; name a .lua or .md file in it");
    for (const char* known : {".md", ".lua", ".costudio"}) {
        if (file.extension() == known) return file;
    }
    throw Misunderstood(file.string() + " is neither a script (.lua) nor a lesson (.md) nor a saved run (.costudio)");
}

bool is_called(const Lesson& lesson, const std::string& word) {
    return lesson.id == word || std::to_string(lesson.order) == word;
}

}  // namespace

fs::path find_file(const std::string& word, const std::vector<std::string>& other_words) {
    if (looks_like_a_file(word)) return checked_file(word);
    const std::vector<Lesson> lessons = all_lessons();
    const auto found = std::ranges::find_if(lessons, [&](const Lesson& lesson) { return is_called(lesson, word); });
    if (found != lessons.end()) return found->file;

    std::vector<std::string_view> known(other_words.begin(), other_words.end());
    for (const Lesson& lesson : lessons) known.push_back(lesson.id);
    throw Misunderstood("there is no lesson " + word + "; " + co::suggest(word, known) +
                        "\nEvery lesson: ./costudio lessons. A file's name ends in .lua or .md.");
}

Lesson find_subject(const std::string& word) {
    const fs::path file = find_file(word);
    if (co::studio::is_saved_run(file))
        throw Misunderstood(file.string() +
                            " is a saved run: it was run already. Look at it in the window: ./costudio " +
                            file.string());
    return co::studio::is_lesson_file(file) ? co::lessons::read_lesson(file) : co::studio::read_script(file);
}

std::vector<Lesson> all_lessons() {
    const fs::path folder = lessons_folder();
    if (!fs::is_directory(folder)) {
        throw std::runtime_error("there is no folder of lessons at " + folder.string() +
                                 "; name another one in the variable COSTUDIO_LESSONS");
    }
    std::vector<Lesson> lessons = co::lessons::read_lessons(folder);
    if (lessons.empty()) throw std::runtime_error("there is no lesson in " + folder.string());
    return lessons;
}

fs::path lessons_folder() {
    if (const char* named = std::getenv("COSTUDIO_LESSONS"); named && *named) return named;
    const fs::path program = fs::read_symlink("/proc/self/exe");
    const fs::path installed = program.parent_path().parent_path() / COSTUDIO_INSTALLED_LESSONS;
    return fs::is_directory(installed) ? installed : COSTUDIO_SOURCE_LESSONS;
}

std::string number_and_id(const Lesson& lesson) { return std::to_string(lesson.order) + ' ' + lesson.id; }

}  // namespace co::cli
