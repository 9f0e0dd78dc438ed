#include "wasm/page.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "lessons/format/lesson_json.h"
#include "visualizer/layout/screen.h"
#include "visualizer/layout/timeline_rows.h"
#include "visualizer/page_json.h"

namespace co::studio {
namespace {

constexpr float most_timeline = 260;

struct NamedCommand {
    std::string_view name;
    Command command;
};

// What the page asks of the view. Running, lessons and files are the page's own.
constexpr std::array commands{NamedCommand{"first", Command::first},
                              NamedCommand{"back", Command::back},
                              NamedCommand{"play", Command::play},
                              NamedCommand{"step", Command::step},
                              NamedCommand{"last", Command::last},
                              NamedCommand{"previous_switch", Command::previous_switch},
                              NamedCommand{"next_switch", Command::next_switch},
                              NamedCommand{"previous_of_selected", Command::previous_of_selected},
                              NamedCommand{"next_of_selected", Command::next_of_selected},
                              NamedCommand{"slower", Command::slower},
                              NamedCommand{"faster", Command::faster},
                              NamedCommand{"speed", Command::speed},
                              NamedCommand{"clock_steps", Command::clock_steps},
                              NamedCommand{"clock_virtual", Command::clock_virtual},
                              NamedCommand{"lane_up", Command::lane_up},
                              NamedCommand{"lane_down", Command::lane_down},
                              NamedCommand{"focus", Command::focus},
                              NamedCommand{"follow_request", Command::follow_request}};

struct NamedKey {
    std::string_view name;  // KeyboardEvent.key
    KeyCode code;
};

constexpr std::array keys{
    NamedKey{" ", KeyCode::space},    NamedKey{"ArrowLeft", KeyCode::left}, NamedKey{"ArrowRight", KeyCode::right},
    NamedKey{"ArrowUp", KeyCode::up}, NamedKey{"ArrowDown", KeyCode::down}, NamedKey{"Home", KeyCode::home},
    NamedKey{"End", KeyCode::end},    NamedKey{"Escape", KeyCode::escape},  NamedKey{"F5", KeyCode::f5},
    NamedKey{"F10", KeyCode::f10},
};

// These need the timeline's size, so they go the way of the keys that mean them.
struct TypedCommand {
    std::string_view name;
    char32_t key;
};
constexpr std::array typed_commands{TypedCommand{"zoom_in", U'w'}, TypedCommand{"zoom_out", U's'},
                                    TypedCommand{"pan_left", U'a'}, TypedCommand{"pan_right", U'd'}};
constexpr std::string_view typed_keys = "[]wsadf";

StudioParts parts_of_page(std::unique_ptr<Workshop> workshop, FontData fonts) {
    return {std::move(workshop), std::move(fonts), {}};
}

lessons::Lesson lesson_of(std::string program) {
    lessons::Lesson lesson;
    lesson.program.text = std::move(program);
    return lesson;
}

}  // namespace

// The session owns its workshop; the page keeps hold of it.
Page::Page(FontData fonts, Theme theme)
    : workshop_(*new PageWorkshop),
      studio_(Opening{.file = "main.lua", .theme = theme}, {},
              parts_of_page(std::unique_ptr<Workshop>(&workshop_), std::move(fonts))) {
    studio_.place(places_);
}

void Page::open(std::string_view lesson) {
    lessons::Lesson next = lesson.empty() ? lesson_of(workshop_.program()) : lessons::lesson_from_json(lesson);
    const bool is_same = !next.id.empty() && next.id == session().source().id;
    workshop_.name(std::move(next));
    is_same ? studio_.session().reload() : studio_.session().open("main.lua");
}

bool Page::perform(std::string_view command) {
    const auto typed = std::find_if(typed_commands.begin(), typed_commands.end(),
                                    [&](const TypedCommand& one) { return one.name == command; });
    if (typed != typed_commands.end()) return take(Typed{typed->key}), true;
    const auto found =
        std::find_if(commands.begin(), commands.end(), [&](const NamedCommand& one) { return one.name == command; });
    if (found == commands.end()) return false;
    studio_.session().perform(found->command);
    return true;
}

void Page::select(std::uint32_t coroutine) { studio_.session().view().selected = coroutine; }

void Page::put(Panel panel, Rect place) {
    if (panel == Panel::timeline) places_.timeline = place;
    if (panel == Panel::inspector) places_.inspector = place;
    studio_.place(places_);
    take(Resized{});
}

float Page::timeline_height() const {
    return lane_metrics(TimelineRows(session().model(), session().view()).count(), most_timeline).height;
}

bool Page::key(std::string_view name, Modifiers modifiers) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const NamedKey& one) { return one.name == name; });
    if (found != keys.end()) return take(KeyPressed{found->code, modifiers}), true;
    const bool is_typed = name.size() == 1 && typed_keys.find(name) != std::string_view::npos;
    if (!is_typed || modifiers.control || modifiers.alt) return false;
    take(Typed{static_cast<char32_t>(name.front())});
    return true;
}

bool Page::paint(Time now) {
    studio_.frame(now, std::exchange(input_, {}));
    std::string telling = page_json::view(session());
    return std::exchange(told_, telling) != telling;
}

double Page::wants_paint_in(Time now) const {
    const Time wake = studio_.next_wake();
    return wake == Time::max() ? -1 : static_cast<double>(std::max(Time{0}, wake - now).count());
}

}  // namespace co::studio
