// Input: what a person did to the window, in portable words, in the order in which it happened.
//
//     for (const Input& input : window.take_input())
//         if (const auto* key = std::get_if<KeyPressed>(&input)) …
//
// Each press and each release is an input of its own, so that a click shorter than a frame is not lost.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "visualizer/layout/scene.h"

namespace co::studio {

enum class KeyCode : std::uint8_t {
    space,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    enter,
    escape,
    backspace,
    del,
    tab,
    f1,
    f5,
    f9,
    f10,
    // With Ctrl only; what a letter types comes as Typed.
    a,
    c,
    k,
    o,
    s,
    x,
    y,
    z,
};

struct Modifiers {
    bool shift = false, control = false, alt = false;
    friend bool operator==(const Modifiers&, const Modifiers&) = default;
};

struct KeyPressed {
    KeyCode key;
    Modifiers modifiers{};
    friend bool operator==(const KeyPressed&, const KeyPressed&) = default;
};
/// A character as the keyboard's layout makes it: '[' needs other keys on a French one.
struct Typed {
    char32_t character;
};
struct PointerMoved {
    Point at;  // CSS px from the window's top left corner
};
struct PointerLeft {};
enum class Button : std::uint8_t { left, middle, right };
struct PointerPressed {
    Point at;
    Button button = Button::left;
};
struct PointerReleased {
    Point at;
    Button button = Button::left;
};
struct Wheel {
    Point at;
    float across = 0, up = 0;  // notches
    Modifiers modifiers{};
};
/// The clipboard's text, when the person asks for it to be put in.
struct Pasted {
    std::string text;
};
/// A file that was let fall on the window.
struct Dropped {
    std::string file;
};
struct Resized {};
struct Closed {};

using Input = std::variant<KeyPressed, Typed, PointerMoved, PointerLeft, PointerPressed, PointerReleased, Wheel, Pasted,
                           Dropped, Resized, Closed>;

/// The shape of the mouse's pointer, which says what can be done at a place.
enum class Pointer : std::uint8_t { arrow, hand, sideways, up_and_down };

}  // namespace co::studio
