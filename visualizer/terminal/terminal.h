// Terminal: what the player needs of a text terminal, so that it can be tested without one.
//
//     terminal.write("\x1b[2J");
//     Key key = terminal.wait_key(std::chrono::milliseconds(400));   // Key::none when nothing was pressed
//
// The real one is native/cli/tty.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "visualizer/terminal/key.h"

namespace co::studio {

struct TerminalSize {
    int columns = 80;
    int rows = 24;
};

/// How a frame may be dressed; each also tells everything by shape and words alone.
enum class Colours : std::uint8_t {
    plain,       // text only, without any escape sequence
    monochrome,  // bold and inverse, no colour (NO_COLOR)
    palette,     // 256 colours
    full,        // 24 bit
};

class Terminal {
  public:
    virtual ~Terminal() = default;
    virtual TerminalSize size() const = 0;
    virtual Colours colours() const = 0;
    virtual void write(std::string_view text) = 0;
    /// Waits for a key, for `limit` at most (nothing: as long as it takes). Key::none: the time is up; Key::resized:
    /// the size changed, or the screen has to be drawn anew; Key::quit also when there will be no more keys.
    virtual Key wait_key(std::optional<std::chrono::milliseconds> limit) = 0;
};

}  // namespace co::studio
