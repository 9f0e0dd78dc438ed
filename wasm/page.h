// Page: the studio as the browser's page drives it: what docs/web.md offers, in C++ words.
//
//     Page page(std::move(fonts), Theme::dark);
//     page.bring(saved);
//     while (!page.read(2000)) breathe();
//     page.open(lesson_json);
//     page.put(Panel::timeline, {0, 0, 1280, 200});
//     page.paint(16);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "visualizer/studio.h"
#include "wasm/page_workshop.h"

namespace co::studio {

class Page {
  public:
    /// Throws PlatformError.
    Page(FontData fonts, Theme theme);

    /// A run to be opened. Throws lessons::SavedRunError.
    void bring(std::string saved) { workshop_.bring(std::move(saved)); }
    /// Reads so many steps of it; true when all have been read.
    bool read(std::uint32_t steps) { return workshop_.read(steps); }
    /// Shows it. Throws lessons::LessonError. An empty `lesson`: there is none, only the program.
    void open(std::string_view lesson);
    const std::string& saved() const { return workshop_.saved(); }
    const Session& session() const { return std::as_const(studio_).session(); }

    /// False when there is no command of this name.
    bool perform(std::string_view command);
    void seek(std::uint32_t step) { studio_.session().seek(step); }
    void select(std::uint32_t coroutine);
    void hover(std::uint32_t coroutine) { studio_.session().view().hovered = coroutine; }
    void speed(float factor) { studio_.session().view().speed = factor; }
    void clock(Clock clock) { studio_.session().view().clock = clock; }
    void theme(Theme theme) { studio_.session().view().dark = theme == Theme::dark; }
    void motion(bool moves) { studio_.reduce_motion(!moves); }
    void inspector_tab(InspectorTab tab) { studio_.session().view().inspector_tab = tab; }

    /// Where panels stand on the canvas; those that are not put stay away.
    void clear_places() { places_ = {}; }
    void put(Panel panel, Rect place);
    /// What the timeline's lanes need.
    float timeline_height() const;

    void take(const Input& input) { input_.push_back(input); }
    /// A key by its name in the browser; false: the view has no use for it.
    bool key(std::string_view name, Modifiers modifiers);
    /// Lets the time pass and paints; true when there may be something new to tell.
    bool paint(Time now);
    /// From now; below 0: not before somebody does something.
    double wants_paint_in(Time now) const;

  private:
    PageWorkshop& workshop_;  // the session's
    Studio studio_;
    Screen places_;
    std::vector<Input> input_;
    std::string told_;
};

}  // namespace co::studio
