#include "lessons/format/lesson.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "lessons/format/checkpoint.h"
#include "lessons/format/exercise.h"
#include "lessons/format/fence.h"
#include "lessons/format/front_matter.h"
#include "lessons/format/markdown.h"
#include "lessons/format/place.h"
#include "lessons/format/predict.h"
#include "lessons/format/text_lines.h"
#include "lessons/format/translation.h"

namespace co::lessons {
namespace {

// Puts the fences of a file at their places in the lesson.
class Assembler {
  public:
    Assembler(Lesson& lesson, Place file) : lesson_(lesson), file_(std::move(file)) {}

    void add(Block block) { lesson_.prose.push_back(std::move(block)); }

    void add(MarkdownFence markdown) {
        const Place info_place = file_.at(markdown.first_line - 1);
        FenceInfo info = parse_fence_info(markdown.info, info_place);
        Fence fence{std::move(markdown.text), markdown.first_line};
        switch (info.role) {
            case FenceRole::shown:
                return lesson_.prose.push_back({BlockKind::code, {{RunStyle::code, std::move(fence.text)}}});
            case FenceRole::program:
                once(lesson_.program.first_line != 0, "lua run", info_place);
                lesson_.program = std::move(fence);
                return;
            case FenceRole::world:
                once(lesson_.world.has_value(), "lua world", info_place);
                lesson_.world = std::move(fence);
                return;
            case FenceRole::expect:
                once(lesson_.expect.has_value(), "expect", info_place);
                lesson_.expect = std::move(fence);
                lesson_.expected_error = info.attributes["error"];
                return;
            case FenceRole::cpp:
                once(lesson_.cpp.has_value(), "cpp", info_place);
                lesson_.cpp = std::move(fence);
                return;
            case FenceRole::predict:
                once(lesson_.predict.has_value(), "predict", info_place);
                lesson_.predict = parse_predict(fence, file_);
                return;
            case FenceRole::checkpoint:
                lesson_.checkpoints.push_back(parse_checkpoint(fence, info.attributes.at("at"), info_place));
                return;
            case FenceRole::attempt:
                lesson_.tries.push_back(parse_try(fence, info, info_place));
                return;
            case FenceRole::solution:
                return add_solution(std::move(fence), info_place);
            case FenceRole::challenge:
                once(lesson_.challenge.has_value(), "break", info_place);
                lesson_.challenge = parse_break(fence, info, info_place);
                return;
        }
    }

    void finish() const {
        if (lesson_.program.first_line == 0) file_.fail("the lesson has no program", "add a fence ```lua run");
    }

  private:
    void add_solution(Fence fence, const Place& place) {
        if (lesson_.tries.empty()) place.fail("a solution without its exercise", "put the `try` fence before it");
        once(lesson_.tries.back().solution.has_value(), "lua solution", place);
        lesson_.tries.back().solution = std::move(fence);
    }

    static void once(bool there_already, std::string_view kind, const Place& place) {
        if (there_already) place.fail(fmt::format("a second `{}` fence", kind), "keep one of the two");
    }

    Lesson& lesson_;
    Place file_;
};

void check_folder(const std::vector<Lesson>& lessons) {
    for (auto lesson = lessons.begin(); lesson != lessons.end(); ++lesson) {
        const Place place{lesson->file.string(), 1};
        const auto same =
            std::find_if(lessons.begin(), lesson, [&](const Lesson& other) { return other.id == lesson->id; });
        if (same != lesson) {
            place.fail(fmt::format("the id `{}` is taken by {}", lesson->id, same->file.string()), "choose another id");
        }
        for (const auto& need : lesson->needs) {
            const bool known =
                std::any_of(lessons.begin(), lessons.end(), [&](const Lesson& other) { return other.id == need; });
            if (!known) place.fail(fmt::format("it needs the lesson `{}`, which isn't there", need), "correct `needs`");
        }
    }
}

}  // namespace

Lesson parse_lesson(const std::filesystem::path& file, const std::string& text) {
    Lesson lesson;
    lesson.file = file;
    const Place place{file.string(), 0};
    const std::uint32_t front_lines = read_front_matter(text, lesson, place);
    std::size_t body = 0;
    for (std::uint32_t line = 0; line < front_lines; ++line) body = text.find('\n', body) + 1;
    Assembler assembler(lesson, place);
    for (auto& element : read_markdown(std::string_view(text).substr(body), place.at(front_lines + 1))) {
        std::visit([&](auto& part) { assembler.add(std::move(part)); }, element);
    }
    assembler.finish();
    return lesson;
}

Lesson read_lesson(const std::filesystem::path& file) {
    if (const std::string language = language_of(file); !language.empty()) {
        return in_language(read_lesson(original_of(file)), language);
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) Place{file.string(), 0}.fail("can't read it", "check the name and who may read the file");
    return parse_lesson(file, text.str());
}

Lesson lesson_of_script(const std::filesystem::path& file, std::string text) {
    Lesson lesson;
    lesson.file = file;
    lesson.id = file.stem().string();
    lesson.title = file.filename().string();
    lesson.program = {std::move(text), 1};
    return lesson;
}

std::vector<Lesson> read_lessons(const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::directory_iterator files(folder, error);
    if (error) Place{folder.string(), 0}.fail("can't read this folder of lessons", "check its name");
    std::vector<Lesson> lessons;
    for (const auto& entry : files) {
        if (entry.path().extension() == ".md" && language_of(entry.path()).empty())
            lessons.push_back(read_lesson(entry.path()));
    }
    std::sort(lessons.begin(), lessons.end(), [](const Lesson& left, const Lesson& right) {
        return std::tie(left.order, left.id) < std::tie(right.order, right.id);
    });
    check_folder(lessons);
    return lessons;
}

}  // namespace co::lessons
