#include "visualizer/control_keys.h"

#include <algorithm>
#include <array>

#include "visualizer/controls.h"
#include "visualizer/edit_keys.h"
#include "visualizer/navigation.h"

namespace co::studio {
namespace {

constexpr float pan_pixels = 108;    // three steps a key
constexpr float lesson_pixels = 60;  // three lines a key

void scroll_lesson(float by, Session& session, const Frame& frame) {
    const PlacedScene* lesson = frame.find(Panel::lesson);
    if (lesson == nullptr) return;
    session.view().lesson_scroll = std::clamp(lesson->scene.scroll + by, 0.0F, lesson->scene.content_height);
}

/// The commands of a key with its modifiers.
std::optional<Command> command_of(const KeyPressed& key) {
    const auto& [shift, control, alt] = key.modifiers;
    switch (key.key) {
        case KeyCode::space:
            return Command::play;
        case KeyCode::right:
            return shift ? Command::next_switch : alt ? Command::next_of_selected : Command::step;
        case KeyCode::left:
            return shift ? Command::previous_switch : alt ? Command::previous_of_selected : Command::back;
        case KeyCode::home:
            return Command::first;
        case KeyCode::end:
            return Command::last;
        case KeyCode::up:
            return Command::lane_up;
        case KeyCode::down:
            return Command::lane_down;
        case KeyCode::page_up:
            return Command::previous_lesson;
        case KeyCode::page_down:
            return Command::next_lesson;
        case KeyCode::f1:
            return Command::help;
        case KeyCode::f5:
            return Command::to_breakpoint;
        case KeyCode::f9:
            return shift ? Command::break_on_coroutine : Command::break_here;
        case KeyCode::f10:
            return shift ? Command::previous_of_selected : Command::next_of_selected;
        case KeyCode::enter:
            return control ? std::optional(Command::run) : std::nullopt;
        case KeyCode::s:
            return Command::save;
        case KeyCode::k:
            return Command::palette;
        case KeyCode::o:
            return Command::open_file;
        default:
            return std::nullopt;
    }
}

std::optional<Command> command_of(char32_t character) {
    switch (character) {
        case U'[':
            return Command::slower;
        case U']':
            return Command::faster;
        case U'w':
            return Command::zoom_in;
        case U's':
            return Command::zoom_out;
        case U'a':
            return Command::pan_left;
        case U'd':
            return Command::pan_right;
        case U'f':
            return Command::focus;
        case U'c':
            return Command::choose;
        case U'g':
            return Command::what_if;
        case U'/':
            return Command::filter;
        case U'e':
            return Command::edit;
        case U'n':
            return Command::to_checkpoint;
        case U'u':
            return Command::undo_choice;
        case U'l':
            return Command::language;
        case U'h':
            return Command::next_hint;
        case U'o':
            return Command::compare;
        case U't':
            return Command::next_code_tab;
        case U'i':
            return Command::next_inspector_tab;
        case U'b':
            return Command::next_bottom_tab;
        case U'j':
            return Command::lesson_down;
        case U'k':
            return Command::lesson_up;
        case U'r':
            return Command::follow_request;
        case U'z':
            return Command::fold_lesson;
        case U'x':
            return Command::fold_inspector;
        case U'v':
            return Command::fold_timeline;
        case U'm':
            return Command::fold_bottom;
        case U'?':
            return Command::help;
        default:
            return std::nullopt;
    }
}

std::string utf8(char32_t character) {
    constexpr std::array<char32_t, 4> leads{0, 0xC0, 0xE0, 0xF0};
    const std::size_t tails = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    std::string text;
    const auto put = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    put(leads[tails] | (character >> (6 * tails)));
    for (std::size_t i = tails; i-- > 0;) put(0x80U | ((character >> (6 * i)) & 0x3FU));
    return text;
}

}  // namespace

TimelineScale timeline_scale(const Session& session, const Frame& frame, const MeasureText& measure) {
    return TimelineScale(panel_input(session, frame.find(Panel::timeline)->rect.size(), measure));
}

void perform(Command command, Session& session, const Frame& frame, const MeasureText& measure) {
    if (command == Command::lesson_down || command == Command::lesson_up) {
        return scroll_lesson(command == Command::lesson_down ? lesson_pixels : -lesson_pixels, session, frame);
    }
    if (frame.find(Panel::timeline) == nullptr) return session.perform(command);
    const TimelineScale scale = timeline_scale(session, frame, measure);
    const float middle = std::clamp(scale.x_of(session.view().cursor), scale.origin(), scale.width());
    switch (command) {
        case Command::zoom_in:
            return zoom(session.view(), scale, zoom_factor, middle);
        case Command::zoom_out:
            return zoom(session.view(), scale, 1 / zoom_factor, middle);
        case Command::pan_left:
            return pan(session.view(), scale, -pan_pixels);
        case Command::pan_right:
            return pan(session.view(), scale, pan_pixels);
        default:
            return session.perform(command);
    }
}

/// Keys of the program that is being edited; false: the key means what it means elsewhere.
static bool on_text(const KeyPressed& key, Session& session, const Frame& frame) {
    if (const PlacedScene* code = frame.find(Panel::code)) session.view().code_scroll = code->scene.scroll;
    bool taken = false;
    session.edit([&](TextBuffer& buffer) {
        if (auto text = copied_by(buffer, key)) {
            session.copy(std::move(*text));
            taken = true;
        } else {
            taken = !(key.key == KeyCode::enter && key.modifiers.control) && press(buffer, key);
        }
    });
    return taken;
}

/// Keys of a field that takes text; false: it has no use for this one.
static bool on_field(KeyCode key, Session& session) {
    if (!session.takes_text()) return false;
    switch (key) {
        case KeyCode::space:
            return session.type(" "), true;
        case KeyCode::backspace:
            return session.erase_typed(), true;
        case KeyCode::enter:
            if (session.overlay() == Overlay::palette) return false;
            return session.end_typing(), true;
        default:
            return false;
    }
}

void take_entry(std::size_t row, Session& session, const Frame& frame, const MeasureText& measure) {
    const std::vector<PaletteEntry> entries = session.palette();
    if (row < entries.size() && !entries[row].file.empty()) return session.choose_file(entries[row].file);
    session.show(Overlay::none);
    if (row >= entries.size()) return;
    if (entries[row].interference) return session.interfere(*entries[row].interference);
    if (!entries[row].command) return session.open_lesson(entries[row].lesson);
    perform(*entries[row].command, session, frame, measure);
}

/// Keys of the list that lies on top; false: there is none, or it has no use for this one.
static bool on_rows(KeyCode key, Session& session, const Frame& frame, const MeasureText& measure) {
    const bool palette = session.overlay() == Overlay::palette;
    if (!palette && session.overlay() != Overlay::lessons) return false;
    switch (key) {
        case KeyCode::up:
            return session.move_lesson_row(-1), true;
        case KeyCode::down:
            return session.move_lesson_row(+1), true;
        case KeyCode::enter:
            if (palette) return take_entry(session.lesson_row(), session, frame, measure), true;
            return session.open_lesson(session.lesson_row()), true;
        default:
            return false;
    }
}

void Controls::on(const KeyPressed& key, Context& context) {
    rests_on_.reset();
    if (key.key == KeyCode::escape) return context.session.escape();
    if (on_field(key.key, context.session)) return;
    if (on_rows(key.key, context.session, context.frame, context.measure)) return;
    const bool in_text = context.session.is_editing() && context.session.overlay() == Overlay::none;
    if (in_text && on_text(key, context.session, context.frame)) return;
    if (const auto command = command_of(key)) {
        perform(*command, context.session, context.frame, context.measure);
    }
}

void Controls::on(const Typed& typed, Context& context) {
    if (context.session.takes_text()) return context.session.type(utf8(typed.character));
    if (context.session.is_editing()) {
        return context.session.edit([&](TextBuffer& buffer) { buffer.insert(utf8(typed.character)); });
    }
    if (typed.character >= U'1' && typed.character <= U'9') return context.session.press_digit(typed.character - U'1');
    if (const auto command = command_of(typed.character)) {
        perform(*command, context.session, context.frame, context.measure);
    }
}

}  // namespace co::studio
