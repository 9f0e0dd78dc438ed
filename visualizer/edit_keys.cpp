#include "visualizer/edit_keys.h"

namespace co::studio {
namespace {

std::optional<Motion> motion_of(const KeyPressed& key) {
    const bool far = key.modifiers.control;
    switch (key.key) {
        case KeyCode::left:
            return far ? Motion::word_left : Motion::left;
        case KeyCode::right:
            return far ? Motion::word_right : Motion::right;
        case KeyCode::up:
            return Motion::up;
        case KeyCode::down:
            return Motion::down;
        case KeyCode::home:
            return far ? Motion::text_start : Motion::line_start;
        case KeyCode::end:
            return far ? Motion::text_end : Motion::line_end;
        case KeyCode::page_up:
            return Motion::page_up;
        case KeyCode::page_down:
            return Motion::page_down;
        default:
            return std::nullopt;
    }
}

bool press_with_control(TextBuffer& buffer, const KeyPressed& key) {
    switch (key.key) {
        case KeyCode::a:
            return buffer.select_all(), true;
        case KeyCode::z:
            return key.modifiers.shift ? buffer.redo() : buffer.undo(), true;
        case KeyCode::y:
            return buffer.redo(), true;
        case KeyCode::backspace:
            return buffer.erase(Motion::word_left), true;
        case KeyCode::del:
            return buffer.erase(Motion::word_right), true;
        default:
            return false;
    }
}

}  // namespace

bool press(TextBuffer& buffer, const KeyPressed& key) {
    if (const auto motion = motion_of(key); motion && !key.modifiers.alt) {
        buffer.move(*motion, key.modifiers.shift);
        return true;
    }
    if (key.modifiers.control) return press_with_control(buffer, key);
    switch (key.key) {
        case KeyCode::space:
            return buffer.insert(" "), true;
        case KeyCode::enter:
            return buffer.break_line(), true;
        case KeyCode::tab:
            return buffer.indent(), true;
        case KeyCode::backspace:
            return buffer.erase(Motion::left), true;
        case KeyCode::del:
            return buffer.erase(Motion::right), true;
        default:
            return false;
    }
}

std::optional<std::string> copied_by(TextBuffer& buffer, const KeyPressed& key) {
    const bool cuts = key.key == KeyCode::x, copies = key.key == KeyCode::c;
    if (!key.modifiers.control || !(cuts || copies) || !buffer.caret().selects()) return std::nullopt;
    std::string text(buffer.selected());
    if (cuts) buffer.erase(Motion::left);
    return text;
}

}  // namespace co::studio
