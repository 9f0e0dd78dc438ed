// Key: one key of a terminal; KeyReader makes keys of the bytes that a terminal sends.
//
//     KeyReader reader;
//     reader.feed("\x1b[1;2C");
//     reader.next()      // Key::next_switch
//
// A lone escape byte may be the Escape key or the start of a sequence whose rest is still on its way: next() then says
// nothing, until the caller, having waited a moment, calls settle().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace co::studio {

/// Named for what the player does with it.
enum class Key : std::uint8_t {
    none,              // the time was up first
    resized,           // the terminal has another size now
    play,              // space
    back,              // left
    step,              // right
    previous_switch,   // shift + left
    next_switch,       // shift + right
    previous_of_lane,  // alt + left
    next_of_lane,      // alt + right
    lane_up,           // up
    lane_down,         // down
    first,             // Home
    last,              // End
    slower,            // [
    faster,            // ]
    help,              // ?
    escape,
    suspend,  // Ctrl+Z
    quit,     // q, Ctrl+C, Ctrl+D
    other,
};

class KeyReader {
  public:
    void feed(std::string_view bytes) { pending_ += bytes; }
    /// Nothing: no whole key is there yet.
    std::optional<Key> next();
    /// The rest of a sequence did not come: an escape byte alone was the Escape key.
    void settle() { is_settled_ = true; }
    bool is_waiting_for_more() const { return !pending_.empty(); }

  private:
    std::optional<Key> take(std::size_t length, Key key);
    std::optional<Key> next_sequence();

    std::string pending_;
    bool is_settled_ = false;
};

}  // namespace co::studio
