// Canvas: a grid of characters with a look each; a terminal's frame is put together on it.
//
//     Canvas canvas({.columns = 80, .rows = 24});
//     canvas.put(0, 0, "co#2", {.tint = Tint::running, .bold = true});
//     terminal.write(canvas.text(Colours::full));
//
// What does not fit is cut off with "…", so nothing ever wraps or overlaps by accident.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/model/state.h"
#include "visualizer/terminal/terminal.h"

namespace co::studio {

/// Colours belong to the states of coroutines; everything else is the terminal's own text colour, or fainter.
enum class Tint : std::uint8_t { text, faint, running, ready, channel, timer, io, done, failed };

struct Look {
    Tint tint = Tint::text;
    bool bold = false;
    bool inverse = false;
    friend bool operator==(const Look&, const Look&) = default;
};

Tint tint_of(Activity activity);

/// Columns that a text takes: two for an East Asian wide character, none for a combining one.
int width_of(std::string_view text);

/// `text` in at most `columns` columns; what had to be cut ends in "…".
std::string cut_to(std::string_view text, int columns);

/// `text` in lines of at most `columns`, broken at spaces where there are some.
std::vector<std::string> wrapped(std::string_view text, int columns);

class Canvas {
  public:
    explicit Canvas(TerminalSize size);

    TerminalSize size() const { return size_; }
    /// Puts `text` there, cut to `columns` (below 0: to the right edge); returns the column after it.
    int put(int column, int row, std::string_view text, Look look = {}, int columns = -1);
    /// Changes how the characters of a row's part look.
    void dress(int column, int row, int columns, Look look);

    /// Rows with '\n' between them. In Colours::plain spaces at the end of a row are left out.
    std::string text(Colours colours) const;

  private:
    struct Cell {
        std::string character = " ";  // empty: the right half of a wide character
        Look look;
    };

    Cell* cell(int column, int row);
    std::string row_text(int row, Colours colours) const;

    TerminalSize size_;
    std::vector<Cell> cells_;
};

}  // namespace co::studio
