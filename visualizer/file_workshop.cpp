#include "visualizer/file_workshop.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "lessons/format/translation.h"
#include "lessons/host/saved_run.h"
#include "visualizer/platform/screenshot.h"
#include "visualizer/trace_file.h"

namespace co::studio {

bool is_lesson_file(const std::filesystem::path& file) { return file.extension() == ".md"; }

lessons::Lesson read_script(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw lessons::LessonError(file.string() + ": the file can't be read. Check its name and its permissions.");
    return lessons::lesson_of_script(file, std::string(std::istreambuf_iterator<char>(in), {}));
}

std::vector<lessons::Lesson> FileWorkshop::course() {
    return lessons_.empty() ? std::vector<lessons::Lesson>{} : lessons::read_lessons(lessons_);
}

void FileWorkshop::require(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw std::runtime_error(file.string() + ": there is no such file. Check its name.");
}

bool is_saved_run(const std::filesystem::path& file) {
    constexpr std::string_view title = "costudio run ";
    std::string begin(title.size(), ' ');
    std::ifstream in(file, std::ios::binary);
    return in.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == title;
}

/// The program is the one that was run; it runs anew once it is edited, or another seed or order is asked for.
lessons::Lesson FileWorkshop::open_saved_run(const std::filesystem::path& file) try {
    const lessons::Lesson bytes = read_script(file);
    saved_ = lessons::read_saved_run(bytes.program.text);
    const auto& sources = saved_->trace.sources;
    lessons::Lesson lesson = lessons::lesson_of_script(file, sources.empty() ? "" : sources.front().text);
    lesson.seeds = {saved_->trace.seed};
    if (sources.size() > 1) lesson.world = lessons::Fence{sources[1].text, 1};
    return lesson;
} catch (const lessons::SavedRunError& error) {
    throw lessons::LessonError(file.string() + ": " + error.what());
}

lessons::Lesson FileWorkshop::open(const std::filesystem::path& file) {
    require(file);
    saved_.reset();
    watch_.emplace(file);  // before reading: what is saved meanwhile is noticed
    if (is_saved_run(file)) return open_saved_run(file);
    return is_lesson_file(file) ? lessons::read_lesson(file) : read_script(file);
}

std::vector<std::string> FileWorkshop::files(const std::string& typed) {
    const std::size_t slash = typed.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : typed.substr(0, slash + 1);
    const std::string begin = slash == std::string::npos ? typed : typed.substr(slash + 1);
    std::filesystem::path place = folder.empty() ? "." : folder;
    const char* home = std::getenv("HOME");
    if (folder.starts_with("~/") && home != nullptr) place = std::filesystem::path(home) / folder.substr(2);
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::directory_iterator at(place, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        const std::string kind = at->path().extension().string();
        if (!name.starts_with(begin) || (name.starts_with('.') && !begin.starts_with('.'))) continue;
        std::error_code unknown;
        if (at->is_directory(unknown)) {
            found.push_back(folder + name + '/');
        } else if (kind == ".lua" || kind == ".md" || kind == ".costudio") {
            found.push_back(folder + name);
        }
    }
    std::ranges::sort(found);
    if (begin.empty()) found.push_back(folder + "../");
    return found;
}

lessons::Schedule FileWorkshop::schedule() const { return saved_ ? saved_->schedule : lessons::Schedule{}; }

lessons::RunResult FileWorkshop::run(const lessons::Lesson& lesson, const lessons::SimOptions& options) {
    const bool is_as_saved = saved_ && !saved_->trace.sources.empty() && options.schedule == saved_->schedule &&
                             options.seed == saved_->trace.seed &&
                             lesson.program.text == saved_->trace.sources.front().text;
    return is_as_saved ? *saved_ : lessons::simulate(script_of(lesson), options);
}

// -- languages --------------------------------------------------------------------------------------------------------

std::vector<std::string> FileWorkshop::languages(const lessons::Lesson& lesson) {
    return is_lesson_file(lesson.file) ? lessons::languages_of(lesson) : std::vector<std::string>{};
}

lessons::Lesson FileWorkshop::in_language(const lessons::Lesson& lesson, const std::string& language) {
    return lessons::in_language(lesson, language);
}

// -- drafts -----------------------------------------------------------------------------------------------------------

std::filesystem::path drafts_folder() {
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    if (data != nullptr && *data != 0) return std::filesystem::path(data) / "costudio/drafts";
    return home != nullptr && *home != 0 ? std::filesystem::path(home) / ".local/share/costudio/drafts"
                                         : std::filesystem::path();
}

/// A lesson's id is unique in the course; a script's whole path is, everywhere.
std::filesystem::path FileWorkshop::draft_file(const lessons::Lesson& lesson) const {
    if (drafts_.empty()) return {};
    if (is_lesson_file(lesson.file)) return drafts_ / (lesson.id + ".lua");
    std::string name = std::filesystem::absolute(lesson.file).string();
    std::replace(name.begin(), name.end(), '/', '!');
    return drafts_ / name;
}

std::optional<std::string> FileWorkshop::draft(const lessons::Lesson& lesson) {
    std::ifstream in(draft_file(lesson), std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

void FileWorkshop::keep_draft(const lessons::Lesson& lesson, const std::string& program) {
    const std::filesystem::path file = draft_file(lesson);
    if (file.empty()) return;
    std::error_code error;
    if (program == lesson.program.text) {
        std::filesystem::remove(file, error);
        return;
    }
    std::filesystem::create_directories(drafts_, error);
    std::ofstream(file, std::ios::binary) << program;
}

void FileWorkshop::save(const lessons::Lesson& lesson, const std::string& program) {
    if (is_lesson_file(lesson.file)) return Workshop::save(lesson, program);
    if (is_saved_run(lesson.file))
        throw std::runtime_error(
            "A saved run keeps the program that it was made with. Your own version is kept by itself.");
    std::ofstream out(lesson.file, std::ios::binary);
    out << program;
    if (!out.flush())
        throw std::runtime_error(lesson.file.string() + " can't be written; look at the folder and its permissions");
}

std::string FileWorkshop::write_text(const std::string& text, const std::string& name) {
    return studio::write_text(text, name).string();
}

std::string FileWorkshop::write_picture(const Screenshot& picture, const std::string& name) {
    const std::filesystem::path file = place_for(name + ".png");
    picture.write_png(file);
    return file.string();
}

std::string FileWorkshop::write_trace(const Model& model, const std::string& name) {
    return studio::write_trace(model, name).string();
}

}  // namespace co::studio
