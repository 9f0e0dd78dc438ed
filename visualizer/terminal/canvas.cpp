#include "visualizer/terminal/canvas.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace co::studio {
namespace {

struct Character {
    std::string_view bytes;
    char32_t code;
};

/// The first character of `text`; a byte that is no UTF-8 counts as one character, the replacement character.
Character first_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    constexpr Character broken{"\xEF\xBF\xBD", 0xFFFD};
    if (length == 0 || length > text.size()) return {broken.bytes, broken.code};
    char32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0) != 0x80) return {broken.bytes, broken.code};
        code = (code << 6) | (next & 0x3F);
    }
    return {text.substr(0, length), code};
}

/// Takes the first character off `text`.
Character take_character(std::string_view& text) {
    const Character character = first_character(text);
    const bool is_broken = character.code == 0xFFFD && !text.starts_with(character.bytes);
    text.remove_prefix(is_broken ? 1 : character.bytes.size());
    return character;
}

/// The ranges that matter of Unicode's EastAsianWidth.txt (W and F).
bool is_wide(char32_t code) {
    constexpr std::array<std::pair<char32_t, char32_t>, 8> wide{{{0x1100, 0x115F},
                                                                 {0x2E80, 0x303E},
                                                                 {0x3041, 0xA4CF},
                                                                 {0xAC00, 0xD7A3},
                                                                 {0xF900, 0xFAFF},
                                                                 {0xFE30, 0xFE6F},
                                                                 {0xFF00, 0xFF60},
                                                                 {0x1F300, 0x1FAFF}}};
    return std::ranges::any_of(wide, [&](const auto& range) { return code >= range.first && code <= range.second; });
}

bool is_combining(char32_t code) { return (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F); }

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

int width_of(const Character& character) {
    if (is_combining(character.code)) return 0;
    return is_wide(character.code) ? 2 : 1;
}

struct Rgb {
    int red, green, blue;
};

/// The dark theme's state colours (studio design, "Colours"); they read well on a light ground too, beside their
/// glyphs.
Rgb colour_of(Tint tint) {
    switch (tint) {
        case Tint::running:
            return {0x2B, 0xF5, 0xAE};
        case Tint::ready:
            return {0x1F, 0x6B, 0xA1};
        case Tint::channel:
            return {0xEE, 0xC8, 0xE6};
        case Tint::timer:
            return {0xE0, 0x93, 0x0F};
        case Tint::io:
            return {0x3A, 0x9D, 0xFF};
        case Tint::failed:
            return {0xB5, 0x46, 0x3A};
        default:
            return {0x8E, 0x8E, 0x8E};
    }
}

/// The nearest colour of xterm's 6 x 6 x 6 cube.
int palette_index(Rgb colour) {
    const auto level = [](int value) { return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40; };
    return 16 + 36 * level(colour.red) + 6 * level(colour.green) + level(colour.blue);
}

std::string escape_for(const Look& look, Colours colours) {
    std::string codes = "0";
    if (look.bold) codes += ";1";
    if (look.inverse) codes += ";7";
    const Rgb colour = colour_of(look.tint);
    const bool is_coloured = look.tint != Tint::text;
    if (is_coloured && colours == Colours::full) {
        codes += fmt::format(";38;2;{};{};{}", colour.red, colour.green, colour.blue);
    }
    if (is_coloured && colours == Colours::palette) codes += fmt::format(";38;5;{}", palette_index(colour));
    return "\x1b[" + codes + "m";
}

}  // namespace

Tint tint_of(Activity activity) {
    switch (activity) {
        case Activity::running:
            return Tint::running;
        case Activity::ready:
        case Activity::handed_off:
            return Tint::ready;
        case Activity::waiting_channel:
            return Tint::channel;
        case Activity::waiting_timer:
            return Tint::timer;
        case Activity::waiting_io:
            return Tint::io;
        case Activity::failed:
            return Tint::failed;
        default:
            return Tint::done;
    }
}

int width_of(std::string_view text) {
    int width = 0;
    while (!text.empty()) width += width_of(take_character(text));
    return width;
}

std::string cut_to(std::string_view text, int columns) {
    if (width_of(text) <= columns) return std::string(text);
    std::string cut;
    int width = 0;
    while (!text.empty()) {
        const Character character = take_character(text);
        width += width_of(character);
        if (width > columns - 1) break;
        cut += character.bytes;
    }
    return columns > 0 ? cut + "…" : "";
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
    std::vector<std::string> lines;
    while (width_of(text) > columns && columns > 0) {
        std::string_view rest = text;
        std::size_t fits = 0;
        for (int width = 0; !rest.empty();) {
            width += width_of(take_character(rest));
            if (width > columns) break;
            fits = text.size() - rest.size();
        }
        const std::size_t space = text.substr(0, fits + 1).find_last_of(' ');
        const bool breaks_at_space = space != std::string_view::npos && space > 0;
        const std::size_t end = breaks_at_space ? space : std::max<std::size_t>(fits, 1);
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(breaks_at_space ? end + 1 : end);
    }
    lines.emplace_back(text);
    return lines;
}

Canvas::Canvas(TerminalSize size) : size_(size) {
    cells_.resize(static_cast<std::size_t>(std::max(size.columns, 0)) *
                  static_cast<std::size_t>(std::max(size.rows, 0)));
}

Canvas::Cell* Canvas::cell(int column, int row) {
    if (column < 0 || row < 0 || column >= size_.columns || row >= size_.rows) return nullptr;
    return &cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.columns) +
                   static_cast<std::size_t>(column)];
}

int Canvas::put(int column, int row, std::string_view text, Look look, int columns) {
    const int room = columns < 0 ? size_.columns - column : std::min(columns, size_.columns - column);
    const std::string fitting = cut_to(text, room);
    std::string_view rest = fitting;
    while (!rest.empty()) {
        const Character character = take_character(rest);
        const int width = width_of(character);
        if (width == 0) {
            if (Cell* before = cell(column - 1, row)) before->character += character.bytes;
            continue;
        }
        if (Cell* here = cell(column, row))
            *here = {is_control(character.code) ? " " : std::string(character.bytes), look};
        if (Cell* half = cell(column + 1, row); half && width == 2) *half = {"", look};
        column += width;
    }
    return column;
}

void Canvas::dress(int column, int row, int columns, Look look) {
    for (int i = 0; i < columns; ++i) {
        if (Cell* here = cell(column + i, row)) here->look = look;
    }
}

std::string Canvas::text(Colours colours) const {
    std::string text;
    for (int row = 0; row < size_.rows; ++row) {
        if (row > 0) text += '\n';
        text += row_text(row, colours);
    }
    return text;
}

std::string Canvas::row_text(int row, Colours colours) const {
    std::string text;
    Look worn;
    const auto begin = cells_.begin() + row * size_.columns;
    for (auto cell = begin; cell != begin + size_.columns; ++cell) {
        if (colours != Colours::plain && cell->look != worn) text += escape_for(cell->look, colours);
        worn = cell->look;
        text += cell->character;
    }
    if (colours != Colours::plain) return worn == Look{} ? text : text + "\x1b[0m";
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace co::studio
