#include "visualizer/terminal/key.h"

namespace co::studio {
namespace {

constexpr char escape_byte = '\x1b';

Key key_of_byte(char byte) {
    switch (byte) {
        case ' ':
            return Key::play;
        case '[':
            return Key::slower;
        case ']':
            return Key::faster;
        case '?':
            return Key::help;
        case 'q':
        case 'Q':
        case '\x03':  // Ctrl+C
        case '\x04':  // Ctrl+D
            return Key::quit;
        case '\x1a':  // Ctrl+Z
            return Key::suspend;
        default:
            return Key::other;
    }
}

bool ends_sequence(char byte) { return byte >= '@' && byte <= '~'; }

/// `sequence`: what stands between "ESC [" or "ESC O" and the end, with its last byte. ECMA-48, 5.4; the modifiers are
/// xterm's: 1;2 is shift, 1;3 alt.
Key key_of_sequence(std::string_view sequence) {
    const std::string_view parameters = sequence.substr(0, sequence.size() - 1);
    const bool has_shift = parameters == "1;2";
    const bool has_alt = parameters == "1;3";
    const bool is_bare = parameters.empty() || parameters == "1";
    switch (sequence.back()) {
        case 'A':
            return is_bare ? Key::lane_up : Key::other;
        case 'B':
            return is_bare ? Key::lane_down : Key::other;
        case 'C':
            if (has_alt) return Key::next_of_lane;
            return has_shift ? Key::next_switch : is_bare ? Key::step : Key::other;
        case 'D':
            if (has_alt) return Key::previous_of_lane;
            return has_shift ? Key::previous_switch : is_bare ? Key::back : Key::other;
        case 'H':
            return Key::first;
        case 'F':
            return Key::last;
        case 'c':  // rxvt sends shift as a small letter
            return parameters.empty() ? Key::next_switch : Key::other;
        case 'd':
            return parameters.empty() ? Key::previous_switch : Key::other;
        case '~':
            if (parameters == "1" || parameters == "7") return Key::first;
            if (parameters == "4" || parameters == "8") return Key::last;
            return Key::other;
        default:
            return Key::other;
    }
}

}  // namespace

std::optional<Key> KeyReader::next() {
    if (pending_.empty()) return std::nullopt;
    if (pending_[0] == escape_byte) return next_sequence();
    const char byte = pending_[0];
    // The later bytes of a UTF-8 character belong to its first.
    std::size_t length = 1;
    if ((byte & 0x80) != 0) {
        while (length < pending_.size() && (pending_[length] & 0xC0) == 0x80) ++length;
    }
    return take(length, key_of_byte(byte));
}

std::optional<Key> KeyReader::next_sequence() {
    const bool is_sequence = pending_.size() >= 2 && (pending_[1] == '[' || pending_[1] == 'O');
    if (!is_sequence) {
        if (pending_.size() > 1 || is_settled_) return take(1, Key::escape);
        return std::nullopt;
    }
    for (std::size_t i = 2; i < pending_.size(); ++i) {
        if (ends_sequence(pending_[i]))
            return take(i + 1, key_of_sequence(std::string_view(pending_).substr(2, i - 1)));
    }
    if (is_settled_) return take(pending_.size(), Key::other);
    return std::nullopt;
}

std::optional<Key> KeyReader::take(std::size_t length, Key key) {
    pending_.erase(0, length);
    is_settled_ = false;
    return key;
}

}  // namespace co::studio
