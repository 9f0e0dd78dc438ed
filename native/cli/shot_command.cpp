// costudio shot LESSON|FILE -o OUT.png: a picture of the studio, without a display.
#include <algorithm>
#include <limits>

#include "native/cli/choices.h"
#include "native/cli/commands.h"
#include "native/cli/subject.h"
#include "native/cli/values.h"
#include "visualizer/app.h"

namespace co::cli {
namespace {

struct ShotWords {
    std::string subject;
    std::string step;
    std::string at;
    std::string checkpoint;
    std::string request;
    std::string size = "1280x800";
    std::string theme = "dark";
    std::string language = "en";
    std::string schedule;
    std::string file;
};

// A step beyond the last is the last.
std::uint32_t parse_step(const std::string& text) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(parse_whole_number(text).value(), most));
}

co::studio::Opening opening_of(const ShotWords& words) {
    const PictureSize size = parse_size(words.size).value();
    co::studio::Opening opening{.file = find_file(words.subject), .lessons = lessons_folder()};
    opening.size = co::studio::Size{static_cast<float>(size.width), static_cast<float>(size.height)};
    opening.theme = words.theme == "light" ? co::studio::Theme::light : co::studio::Theme::dark;
    opening.language = words.language;
    opening.schedule = parse_choices(words.schedule);
    if (!words.step.empty()) opening.step = parse_step(words.step);
    if (!words.checkpoint.empty()) opening.checkpoint = parse_step(words.checkpoint);
    if (!words.request.empty()) opening.request = parse_step(words.request);
    if (!words.at.empty()) opening.at = std::chrono::nanoseconds(parse_time(words.at).value());
    return opening;
}

Exit shoot(const ShotWords& words) {
    return static_cast<Exit>(co::studio::write_shot(opening_of(words), {.file = words.file}));
}

}  // namespace

void add_shot(CommandLine& line) {
    auto words = std::make_shared<ShotWords>();
    CLI::App& command =
        line.command("shot", "Write a picture of the studio, no display needed", [words] { return shoot(*words); });
    command.add_option("LESSON|FILE", words->subject, "A lesson's number or id, or a file (.md, .lua)")->required();
    CLI::Option* step = command.add_option("--step", words->step, "Where the playhead stands (0: before the first)");
    step->type_name("N")->check(whole_number());
    command.add_option("--at", words->at, "The same by simulated time: 120ms, 1.5s")
        ->type_name("TIME")
        ->check(time_text())
        ->excludes(step);
    command.add_option("--checkpoint", words->checkpoint, "The same by the lesson's checkpoint: 1, 2, ...")
        ->type_name("N")
        ->check(whole_number())
        ->excludes(step);
    command.add_option("--request", words->request, "The request whose way is shown: 1, 2, ...")
        ->type_name("N")
        ->check(whole_number());
    command.add_option("--size", words->size, "In pixels (1280x800)")->type_name("WxH")->check(picture_size());
    command.add_option("--theme", words->theme, "dark or light (dark)")
        ->type_name("THEME")
        ->check(CLI::IsMember({"dark", "light"}).description(""));
    command.add_option("--language", words->language, "Of the lesson's words: en, fr, zh (en)")->type_name("LANGUAGE");
    command
        .add_option("--schedule", words->schedule,
                    "Who runs next, what goes wrong at a step: 14:3,52:kill6; or a file of that")
        ->type_name("FILE|LIST");
    command.add_option("-o,--output", words->file, "The picture to write")->type_name("OUT.png")->required();
}

}  // namespace co::cli
