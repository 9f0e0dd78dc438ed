#include "visualizer/frame.h"

#include <algorithm>

#include "visualizer/layout/bottom_layout.h"
#include "visualizer/layout/code_layout.h"
#include "visualizer/layout/fold_view.h"
#include "visualizer/layout/hover_card.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/lesson_layout.h"
#include "visualizer/layout/overlays.h"
#include "visualizer/layout/timeline_layout.h"
#include "visualizer/layout/toolbar_layout.h"

namespace co::studio {
namespace {

std::size_t lines_of(const std::string& program) {
    return static_cast<std::size_t>(std::count(program.begin(), program.end(), '\n')) + 1;
}

/// Everything in the scene as strong as `strength`, 0 to 1.
void fade(Scene& scene, float strength) {
    for (Item& item : scene.items) {
        std::visit(
            [strength](auto& one) {
                if constexpr (requires { one.paint.alpha; }) one.paint.alpha *= strength;
                if constexpr (requires { one.stroke.alpha; }) one.stroke.alpha *= strength;
                if constexpr (requires { one.style.alpha; }) one.style.alpha *= strength;
                if constexpr (requires { one.alpha; }) one.alpha *= strength;
            },
            item);
    }
}

class Composer {
  public:
    Composer(const Session& session, const Composition& composition)
        : session_(session), measure_(composition.measure), window_(composition.window) {
        can_fold_ = !composition.places;
        frame_.size = window_;
    }

    /// A panel that is on its way to be folded is laid out as `open` and cut off where it ends by now.
    template <typename LayOut>
    void panel(Panel panel, Rect rect, LayOut lay_out, std::optional<Size> open = {}) {
        if (rect.w <= 0 || rect.h <= 0) return;
        PanelInput input = panel_input(session_, open.value_or(rect.size()), measure_);
        input.can_fold = can_fold_;
        Scene scene = lay_out(input);
        const Rect whole{0, 0, rect.w, rect.h};
        scene.items.insert(scene.items.begin(), {FillRect{whole, Ink::panel, {}}, PushClip{whole}});
        scene.unclip();
        frame_.scenes.push_back({panel, rect, std::move(scene)});
    }

    void card(const std::optional<HoverCard>& card) {
        if (!card) return;
        Scene scene = lay_out_hover_card(panel_input(session_, window_, measure_), card->coroutine);
        if (scene.items.empty()) return;
        const Rect place = place_hover_card(card->beside, hover_card_size(scene), window_);
        fade(scene, card->strength);
        frame_.scenes.push_back({Panel::card, place, std::move(scene)});
    }

    void overlay() {
        const Rect whole{0, 0, window_.w, window_.h};
        if (session_.overlay() == Overlay::help) {
            frame_.scenes.push_back({Panel::overlay, whole, lay_out_help(window_, shade())});
        } else if (session_.overlay() == Overlay::lessons) {
            frame_.scenes.push_back(
                {Panel::overlay, whole,
                 lay_out_lessons(window_, shade(), session_.lesson_entries(), session_.lesson_row(), measure_)});
        } else if (session_.overlay() == Overlay::palette) {
            frame_.scenes.push_back(
                {Panel::overlay, whole,
                 lay_out_palette(
                     window_, shade(), session_.palette(), session_.query(), session_.lesson_row(), measure_,
                     session_.opens_file() ? "Script, lesson file or saved run: its path" : "Command or lesson")});
        }
    }

    void notice() {
        if (session_.notice().empty()) return;
        const Rect place = notice_place(window_, session_.notice(), measure_);
        frame_.scenes.push_back({Panel::notice, place, lay_out_notice(place.size(), shade(), session_.notice())});
    }

    Frame take() { return std::move(frame_); }

  private:
    Shade shade() const { return session_.theme() == Theme::dark ? Shade::dark : Shade::light; }

    const Session& session_;
    const MeasureText& measure_;
    Size window_;
    bool can_fold_ = false;
    Frame frame_;
};

/// The panels' sizes when none is folded away.
struct OpenSizes {
    Size lesson, inspector, timeline, bottom;
};
OpenSizes open_sizes(const Composition& composition, const ScreenContent& content, const View& view) {
    const auto without = [&](float Folds::*fold) {
        Folds folds = view.folds;
        folds.*fold = 0;
        return lay_out_screen(composition.window, content, view.division, folds);
    };
    return {without(&Folds::lesson).lesson.size(), without(&Folds::inspector).inspector.size(),
            without(&Folds::timeline).timeline.size(), without(&Folds::bottom).bottom.size()};
}

/// The panels that can fold, as far as they are folded by now.
void add_folding(Composer& composer, const Session& session, const Composition& composition, const Screen& screen,
                 const ScreenContent& content) {
    const View& view = session.view();
    const Folds folds = composition.places ? Folds{} : view.folds;
    OpenSizes open{screen.lesson.size(), screen.inspector.size(), screen.timeline.size(), screen.bottom.size()};
    if (folds != Folds{}) open = open_sizes(composition, content, view);
    const Size lesson = folds.lesson < 1 ? Size{open.lesson.w, screen.lesson.h} : screen.lesson.size();
    composer.panel(
        Panel::lesson, screen.lesson,
        [&](const PanelInput& in) {
            return folds.lesson < 1 ? lay_out_lesson(in, session.lesson()) : lay_out_lesson_strip(in, session.lesson());
        },
        lesson);
    const Size inspector = folds.inspector < 1 ? Size{open.inspector.w, screen.inspector.h} : screen.inspector.size();
    composer.panel(
        Panel::inspector, screen.inspector,
        [&](const PanelInput& in) { return folds.inspector < 1 ? lay_out_inspector(in) : lay_out_inspector_strip(in); },
        inspector);
    composer.panel(Panel::timeline, screen.timeline, lay_out_timeline, Size{screen.timeline.w, open.timeline.h});
    composer.panel(Panel::bottom, screen.bottom, lay_out_bottom, Size{screen.bottom.w, open.bottom.h});
}

}  // namespace

PanelInput panel_input(const Session& session, Size size, const MeasureText& measure) {
    const std::uint64_t seed = session.futures().seed_at(session.view().cursor);
    return {session.model(), session.state(),      session.view(),   size, measure,
            session.other(), session.difference(), &session.found(), seed};
}

Frame compose(const Session& session, const Composition& composition) {
    const ScreenContent content{TimelineRows(session.model(), session.view()).count(), lines_of(session.code().program),
                                session.has_lesson()};
    const Screen screen =
        composition.places ? *composition.places
                           : lay_out_screen(composition.window, content, session.view().division, session.view().folds);

    Composer composer(session, composition);
    composer.panel(Panel::toolbar, screen.toolbar,
                   [&](const PanelInput& in) { return lay_out_toolbar(in, session.lesson()); });
    composer.panel(Panel::code, screen.code, [&](const PanelInput& in) { return lay_out_code(in, session.code()); });
    add_folding(composer, session, composition, screen, content);
    composer.card(composition.card);
    composer.overlay();
    composer.notice();
    Frame frame = composer.take();
    if (!composition.places) frame.screen = screen;
    return frame;
}

Found Frame::at(Point point) const {
    for (auto placed = scenes.rbegin(); placed != scenes.rend(); ++placed) {
        if (placed->panel == Panel::card || !placed->rect.contains(point)) continue;  // the mouse goes through the card
        const Point local{point.x - placed->rect.x, point.y - placed->rect.y};
        return {placed->panel, local, placed->scene.hit_at(local)};
    }
    return {};
}

Divider Frame::divider_at(Point point) const {
    return screen && !find(Panel::overlay) ? studio::divider_at(*screen, point) : Divider::none;
}

const PlacedScene* Frame::find(Panel panel) const {
    const auto found =
        std::find_if(scenes.begin(), scenes.end(), [&](const PlacedScene& placed) { return placed.panel == panel; });
    return found == scenes.end() ? nullptr : &*found;
}

}  // namespace co::studio
