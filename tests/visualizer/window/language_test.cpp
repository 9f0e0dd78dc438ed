// The lesson in another language: its words change, its run does not; Chinese has glyphs.
#include <doctest/doctest.h>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"
#include "visualizer/ideographs.h"
#include "visualizer/theme/fonts.h"

using namespace co::studio;

namespace {

Session open_lesson(const std::string& name, const std::string& language) {
    Opening opening{.file = lesson_file(name), .lessons = course_folder()};
    opening.language = language;
    return Session(opening, {}, std::make_unique<FileWorkshop>(opening.lessons));
}

}  // namespace

TEST_CASE("language: the next one is taken in turn, and the playhead stays") {
    Session session = open_lesson("12-channels.md", "en");
    const std::string english = session.lesson().question;
    const auto steps = session.model().steps();
    session.seek(20);
    CHECK(session.lesson().languages == std::vector<std::string>{"en", "fr", "zh"});
    session.perform(Command::language);
    CHECK(session.lesson().language == "fr");
    CHECK(session.lesson().question != english);
    CHECK(session.view().cursor == 20);
    CHECK(session.model().steps() == steps);
    session.perform(Command::language);
    CHECK(session.lesson().language == "zh");
    CHECK(session.preferences({1280, 800}).language == "zh");
    session.perform(Command::language);
    CHECK(session.lesson().question == english);
}

TEST_CASE("language: a lesson without siblings is in English, and the wish is kept for the next one") {
    Session session = open_lesson("17-infinite-loop.md", "zh");
    CHECK(session.lesson().language == "en");
    session.perform(Command::language);
    CHECK(session.notice() == "This lesson is there in English only.");
    session.open(lesson_file("12-channels.md"));
    CHECK(session.lesson().language == "zh");
}

TEST_CASE("language: every Chinese character of every translated lesson has a glyph") {
    const FontData faces = read_fonts(find_font_files(default_font_folders()));
    if (faces.ideographs.empty()) return;  // the studio then names the package
    for (const char* name :
         {"05-timers.md", "12-channels.md", "13-defer.md", "14-wait-group.md", "15-blocking-sleep.md"}) {
        CAPTURE(name);
        const std::set<char32_t> characters = ideographs_of(open_lesson(name, "zh"));
        CHECK(characters.size() > 50);
        const Fonts fonts(faces, 1, characters);
        for (const char32_t character : characters) {
            CAPTURE(static_cast<std::uint32_t>(character));
            CHECK(fonts.has(character, Font::prose));
            CHECK(fonts.has(character, Font::code_small));
        }
    }
    CHECK_FALSE(Fonts(faces, 1).has(U'\u901A', Font::prose));
}
