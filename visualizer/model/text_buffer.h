// TextBuffer: a program while it is being edited: the text, the caret, the selection, and the way back. Knows no window
// and no key.
//
//     TextBuffer buffer("print(1)\n");
//     buffer.move(Motion::line_end);
//     buffer.insert(" -- one");
//     buffer.undo();
//
// Places are byte offsets that never stand inside a UTF-8 character.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace co::studio {

enum class Motion : std::uint8_t {
    left,
    right,
    up,
    down,
    word_left,
    word_right,
    line_start,  // the first character that is no blank; from there the very first
    line_end,
    page_up,
    page_down,
    text_start,
    text_end,
};

/// Where the caret is, and where the selection began; equal: nothing is selected.
struct Caret {
    std::size_t at = 0;
    std::size_t anchor = 0;
    std::size_t first() const { return at < anchor ? at : anchor; }
    std::size_t last() const { return at < anchor ? anchor : at; }
    bool selects() const { return at != anchor; }
    friend bool operator==(const Caret&, const Caret&) = default;
};

class TextBuffer {
  public:
    explicit TextBuffer(std::string text = {}) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }
    const Caret& caret() const { return caret_; }
    std::string_view selected() const {
        return std::string_view(text_).substr(caret_.first(), caret_.last() - caret_.first());
    }

    void move(Motion motion, bool selects = false);
    void place(std::size_t at, bool selects = false);
    void select_all();

    /// Replaces what is selected. Typing goes on in one step of undo until the caret is moved.
    void insert(std::string_view text);
    /// A new line, as far in as the one before it.
    void break_line();
    void indent();
    void erase(Motion motion);  // what is selected, else from the caret to where it would move
    /// Puts another text in place of all, as one step of undo.
    void replace_all(std::string text);

    bool undo();
    bool redo();

  private:
    struct Moment {
        std::string text;
        Caret caret;
    };
    std::size_t target(Motion motion);
    std::size_t line_start(std::size_t at) const;
    std::size_t line_end(std::size_t at) const;
    std::size_t first_character(std::size_t at) const;
    std::size_t lines_away(int lines);
    void replace_selection(std::string_view text);
    void remember();

    std::string text_;
    Caret caret_;
    std::size_t wanted_column_ = 0;  // characters: a short line on the way does not forget it
    bool keeps_column_ = false;
    bool typing_ = false;  // the last change was typing that can be joined
    std::vector<Moment> past_, future_;
};

}  // namespace co::studio
