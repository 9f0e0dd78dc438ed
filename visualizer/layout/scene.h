// Scene: what one panel shows, as plain draw items and hit areas. A layout fills it, a window paints it, a test reads
// it.
//
//     Scene scene;
//     scene.fill({0, 0, 54, 16}, Ink::row, {.radius = 3});
//     scene.text(21, 12, "co#2", TextStyle{.font = Font::chip});
//     scene.hit({0, 0, 54, 16}, Target::coroutine, 2);
//
// Units are CSS pixels at scale 1 from the panel's top left corner. Colours are roles; the theme gives them values.
// Shapes lie where SVG would put them: an outline is centred on its rectangle's edge, so a crisp 1 px one starts at .5.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace co::studio {

struct Point {
    float x = 0, y = 0;
};

struct Size {
    float w = 0, h = 0;
    friend bool operator==(const Size&, const Size&) = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    float right() const { return x + w; }
    float bottom() const { return y + h; }
    Size size() const { return {w, h}; }
    bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
    bool overlaps(const Rect& o) const { return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom(); }
    friend bool operator==(const Rect&, const Rect&) = default;
};

/// A colour by its role (mock/README.md, "Neutrals"; studio.md, "Colours").
enum class Ink : std::uint8_t {
    window,
    panel,
    raised,
    row,
    border,
    strong_border,
    text1,
    text2,
    text3,
    now,
    on_now,
    running,
    ready,
    waiting_channel,
    waiting_timer,
    waiting_io,
    done,
    failed,
    on_running,  // text on the running bar
    on_ready,    // text on the ready bar
    on_failed,   // glyph on the failed bar
    keyword,
    call,
    string,
    number,
    shadow,
};

/// A typeface, weight and size (mock/README.md, "Type").
enum class Font : std::uint8_t {
    title,            // Inter 600 16/24
    prose,            // Inter 400 13/20
    prose_bold,       // Inter 600 13/20
    panel,            // Inter 400 12/18
    panel_bold,       // Inter 600 12/18
    caption,          // Inter 400 11
    caption_medium,   // Inter 500 11
    caption_bold,     // Inter 600 11
    tag,              // Inter 700 12
    code,             // JetBrains Mono 400 13/18
    code_bold,        // JetBrains Mono 600 13/18
    code_small,       // JetBrains Mono 400 12
    code_small_bold,  // JetBrains Mono 600 12
    chip,             // JetBrains Mono 500 11
};
inline constexpr int font_count = 14;

/// What fills a bar: each activity has one, so that no state is told by colour alone (mock/README.md, "patterns").
enum class Pattern : std::uint8_t {
    solid,
    channel_bars,
    timer_dots,
    io_slashes,
    handed_off,
    failed_cross,
    blocked_hatch
};

/// A drawn shape in a 16 x 16 box (scaled to the size asked for): toolbar icons and state glyphs.
enum class Icon : std::uint8_t {
    none,
    run,
    pause,
    first,
    back,
    step,
    last,
    chevron_down,
    chevron_up,
    chevron_left,
    chevron_right,
    check,
    cross,
    flag,
    sun,
    moon,
    search,
    layout,
    glyph_running,
    glyph_ready,
    glyph_channel,
    glyph_timer,
    glyph_io,
    glyph_done,
    glyph_failed,
    glyph_handed_off,
    logo,
};

enum class Align : std::uint8_t { left, center, right };

struct Paint {
    float alpha = 1;
    float radius = 0;
    // Other than solid: 20 % ground, the pattern in full colour, a 1 px outline centred on the rectangle's edge.
    Pattern pattern = Pattern::solid;
};

struct Stroke {
    float width = 1;
    float alpha = 1;
    float radius = 0;
    float dash = 0, gap = 0;  // dash 0: a solid line
};

struct TextStyle {
    Font font = Font::panel;
    Ink ink = Ink::text1;
    float alpha = 1;
    Align align = Align::left;  // what `x` means
    float max_width = 0;        // 0: no limit; longer text ends in "…"
};

struct FillRect {
    Rect rect;
    Ink ink;
    Paint paint;
};
struct StrokeRect {
    Rect rect;
    Ink ink;
    Stroke stroke;
};
struct Line {
    Point from, to;
    Ink ink;
    Stroke stroke;
};
struct Bezier {
    Point a, b, c, d;
    Ink ink;
    Stroke stroke;
};  // cubic; the layout adds halo and head itself
struct Polygon {
    std::vector<Point> points;
    Ink ink;
    float alpha;
};  // convex, filled
struct Circle {
    Point center;
    float radius;
    Ink ink;
    float alpha;
    float width;
};  // width 0: filled
struct Pie {
    Point center;
    float radius;
    float share;
    Ink ink;
    float alpha;
};  // ends at 12 o'clock, shrinks clockwise
struct Text {
    Point baseline;
    std::string text;
    TextStyle style;
};
struct DrawnIcon {
    Point top_left;
    float size;
    Icon icon;
    Ink ink;
    float alpha;
};
struct PushClip {
    Rect rect;
};
struct PopClip {};

using Item = std::variant<FillRect, StrokeRect, Line, Bezier, Polygon, Circle, Pie, Text, DrawnIcon, PushClip, PopClip>;

/// What the mouse is over: a window turns a hit into a hover, a selection or a command.
enum class Target : std::uint8_t {
    none,
    coroutine,
    channel,
    timer,
    group,
    step,
    command,
    checkpoint,
    choice,
    tab,  // the tab's number within its panel
    source_line,
    problem,
    scrub,
    minimap,
    run_next,      // the place in the ready queue, from 0
    breakpoint,    // the line
    hint,          // of the exercise
    solution,      // of the exercise
    text,          // of the program that is being edited
    loop,          // an event loop, by its process
    process,       // its place among the model's
    request,       // its number
    interference,  // its place among those that can be chosen
};

struct Hit {
    Rect rect;
    Target target = Target::none;
    std::uint32_t id = 0;  // coroutine id, step, command number, …
};

struct Scene {
    std::vector<Item> items;
    std::vector<Hit> hits;     // later ones lie on top
    float scroll = 0;          // px: how far what scrolls was moved up, after clamping
    float content_height = 0;  // px: of what scrolls; 0: nothing does

    // Built in their place: gcc takes a variant that is moved while it is known to hold one kind for uninitialised.
    void fill(Rect rect, Ink ink, Paint paint = {}) { items.emplace_back(FillRect{rect, ink, paint}); }
    void stroke(Rect rect, Ink ink, Stroke stroke = {}) { items.emplace_back(StrokeRect{rect, ink, stroke}); }
    void line(Point from, Point to, Ink ink, Stroke stroke = {}) { items.emplace_back(Line{from, to, ink, stroke}); }
    void bezier(Point a, Point b, Point c, Point d, Ink ink, Stroke stroke = {}) {
        items.emplace_back(Bezier{a, b, c, d, ink, stroke});
    }
    void polygon(std::vector<Point> points, Ink ink, float alpha = 1) {
        items.emplace_back(Polygon{std::move(points), ink, alpha});
    }
    void circle(Point center, float radius, Ink ink, float width = 0, float alpha = 1) {
        items.emplace_back(Circle{center, radius, ink, alpha, width});
    }
    void pie(Point center, float radius, float share, Ink ink, float alpha = 1) {
        items.emplace_back(Pie{center, radius, share, ink, alpha});
    }
    void text(float x, float baseline, std::string text, TextStyle style = {}) {
        items.emplace_back(Text{{x, baseline}, std::move(text), style});
    }
    void icon(float x, float y, float size, Icon icon, Ink ink, float alpha = 1) {
        items.emplace_back(DrawnIcon{{x, y}, size, icon, ink, alpha});
    }
    void clip(Rect rect) { items.emplace_back(PushClip{rect}); }
    void unclip() { items.emplace_back(PopClip{}); }
    void hit(Rect rect, Target target, std::uint32_t id = 0) { hits.push_back({rect, target, id}); }

    /// The topmost hit area under `p`; Target::none where there is none.
    Hit hit_at(Point p) const;
};

/// Width in pixels of a text in a font; a layout is given one, so that it needs no window.
using MeasureText = std::function<float(std::string_view text, Font font)>;

/// The font's size in CSS pixels.
float font_size(Font font);
/// Whether the font is the code face, whose characters all have one width.
bool is_code(Font font);
/// Where a text's baseline lies below the top of a line of that height, as a browser would centre it.
float baseline(Font font, float line_height);

/// A measure for tests: every character is half the font's size wide, six tenths in the code face.
float measure_monospace(std::string_view text, Font font);

}  // namespace co::studio
