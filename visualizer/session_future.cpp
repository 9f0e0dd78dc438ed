// Session: choosing who runs next, and other seeds; the two histories that come of it.
#include <fmt/format.h>

#include "visualizer/model/choice.h"
#include "visualizer/session.h"

namespace co::studio {

void Session::run_next(std::size_t place) {
    const std::vector<std::uint32_t> ready = candidates(*model_, state());
    if (place >= ready.size()) return tell_why_nobody_is_chosen();
    const std::uint32_t step = view_.cursor + 1;
    if (model_->event(step).coroutine != ready[place]) {
        futures_->decide({step, lessons::RunsNext{own_number(ready[place])}});
        wanted_cursor_ = step;
        run();
    }
    seek(step);
    if (view_.choosing) play_or_pause();
}

void Session::interfere(std::size_t place) {
    const std::vector<Interference> all = interferences(*model_, state());
    if (place >= all.size() || !view_.may_choose) return;
    futures_->decide(pick_of(all[place]));
    wanted_cursor_ = view_.cursor;
    run();
    seek(wanted_cursor_);
    if (difference_ == 0) return tell(all[place].label + ": the run is the same. U takes it back.");
    tell(fmt::format("{}: the run is another one from step {} on. U takes it back.", all[place].label, difference_));
}

void Session::open_what_if() {
    if (!view_.may_choose) return tell("A recorded run can't be run again, so nothing else can happen in it.");
    if (interferences(*model_, state()).empty())
        return tell("Nothing can go wrong here: no process to kill, no message on its way, no second computer.");
    open_palette(std::string(from_here_on) + ' ');
}

void Session::tell_why_nobody_is_chosen() {
    const std::size_t ready = candidates(*model_, state()).size();
    if (ready > 0) return tell(fmt::format("Only {} are ready: press 1 to {}.", ready, ready));
    const auto next = next_choice(*model_, view_.cursor + 1);
    if (next) return tell(fmt::format("Nobody can be chosen here. The next choice comes after step {}.", *next));
    tell("Nobody can be chosen from here on: never are two ready at once.");
}

void Session::choose_at_every_turn() {
    view_.choosing = !view_.choosing;
    if (!view_.choosing || !candidates(*model_, state()).empty()) return;
    auto choice = next_choice(*model_, view_.cursor);
    if (!choice) choice = next_choice(*model_, 0);
    if (choice) return seek(*choice);
    view_.choosing = false;
    tell("Nobody can be chosen in this run: never are two ready at once.");
}

/// From the playhead on; before the first step, or after the last one, for the whole run.
void Session::reseed() {
    const std::uint64_t next = futures_->seed_at(view_.cursor) + 1;
    const bool whole = view_.cursor == 0 || view_.cursor >= model_->steps();
    if (whole) {
        futures_->replace({next, {}});
    } else {
        futures_->decide({view_.cursor + 1, lessons::NewSeed{next}});
    }
    run();
    const std::string since = whole ? "" : fmt::format(" from step {} on", view_.cursor + 1);
    if (difference_ == 0) return tell(fmt::format("Seed {}{} changes nothing: chance is not asked.", next, since));
    tell(fmt::format("Seed {}{}. U takes it back.", next, since));
}

void Session::undo_choice() {
    if (!futures_->undo()) return tell("Nothing was chosen: who was woken first runs first.");
    wanted_cursor_ = difference_ > 0 ? difference_ - 1 : view_.cursor;
    run();
}

void Session::forget_choices() {
    futures_->replace({futures_->now().seed, {}});
    view_.choosing = false;
    wanted_cursor_ = 0;
    run();
}

}  // namespace co::studio
