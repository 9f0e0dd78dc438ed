#include "visualizer/session.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "lessons/format/condition.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/timeline_rows.h"
#include "visualizer/lesson_texts.h"
#include "visualizer/model/choice.h"

namespace co::studio {
namespace {

using namespace std::chrono_literals;

constexpr Time notice_time = 8s;

void change_view(View& view, const Model& model, Command command) {
    if (command == Command::clock_steps) view.clock = Clock::steps;
    if (command == Command::clock_virtual) view.clock = model.has_wall_clock() ? Clock::wall : Clock::virtual_time;
    if (command == Command::theme) view.dark = !view.dark;
    if (command == Command::next_inspector_tab) {
        const std::vector<InspectorTab> tabs = inspector_tabs(model);
        const auto open = std::ranges::find(tabs, view.inspector_tab);
        view.inspector_tab = open == tabs.end() || open + 1 == tabs.end() ? tabs.front() : *(open + 1);
        view.inspector_scroll = 0;
    }
    if (command == Command::next_bottom_tab) {
        view.bottom_tab = view.bottom_tab == BottomTab::output     ? BottomTab::problems
                          : view.bottom_tab == BottomTab::problems ? BottomTab::events
                                                                   : BottomTab::output;
        view.bottom_scroll = -1;
    }
    if (command == Command::next_code_tab) {
        view.code_tab = view.code_tab == CodeTab::program ? CodeTab::twin : CodeTab::program;
        view.code_scroll = -1;
    }
    if (command == Command::reset_layout) {
        const View usual;
        view.pixels_per_step = usual.pixels_per_step;
        view.code_scroll = view.bottom_scroll = view.lesson_scroll = -1;
        view.inspector_scroll = 0;
        view.division = {};
    }
    Folded& folded = view.division.folded;
    if (command == Command::fold_lesson) folded.lesson = !folded.lesson;
    if (command == Command::fold_inspector) folded.inspector = !folded.inspector;
    if (command == Command::fold_timeline) folded.timeline = !folded.timeline;
    if (command == Command::fold_bottom) folded.bottom = !folded.bottom;
    if (command == Command::focus || command == Command::reset_layout) {
        view.timeline_follows = true;
        view.lanes_scroll = -1;
    }
}

}  // namespace

Session::Session(const Opening& opening, const Preferences& preferences, std::unique_ptr<Workshop> workshop)
    : workshop_(std::move(workshop)) {
    view_.dark = opening.theme.value_or(preferences.theme) == Theme::dark;
    view_.speed = known_speed(preferences.speed);
    language_ = opening.language.value_or(preferences.language);
    view_.division = preferences.division;
    view_.folds = folds_of(view_.division.folded);
    view_.may_choose = workshop_->runs_anew();
    try {
        course_ = workshop_->course();
    } catch (const lessons::LessonError& error) {
        tell(error.what());  // one broken lesson must not close the others
    }
    open(opening.file);
    if (opening.seed || !opening.schedule.empty()) {
        futures_.emplace(Plan{opening.seed.value_or(seed()), opening.schedule});
        run();
    }
    if (opening.step) seek(*opening.step);
    if (opening.checkpoint) seek_checkpoint(*opening.checkpoint);
    if (opening.at) seek(model_->step_at_time(opening.at->count()));
    if (opening.request) follow_known(*opening.request);
}

const State& Session::state() const {
    if (!state_ || state_->step != view_.cursor) state_ = model_->at(view_.cursor);
    return *state_;
}

Preferences Session::preferences(Size window) const {
    return {theme(), window, view_.speed, language_, view_.division};
}

// -- the program ------------------------------------------------------------------------------------------------------

void Session::run() {
    if (!futures_) futures_.emplace(Plan{lesson_.seeds.front(), workshop_->schedule()});
    lessons::RunResult result = run(futures_->now());
    ran_well_ = result.ok();
    model_ = workshop_->model_of(std::move(result.trace));
    output_ = std::move(result.output);
    findings_ = std::move(result.findings);
    for (const lessons::Finding& finding : findings_) model_->add_problem(problem_of(finding));
    other_ = futures_->before() ? std::make_unique<Model>(run(*futures_->before()).trace) : nullptr;
    difference_ = other_ ? first_difference(*model_, *other_).value_or(0) : 0;
    fill_texts();
    show_problems();
}

lessons::RunResult Session::run(const Plan& plan) {
    return workshop_->run(played(), {.seed = plan.seed, .limits = lesson_.limits, .schedule = plan.schedule});
}

void Session::fill_texts() {
    state_.reset();
    const bool editing = is_editing();
    code_text_ = code_text_of(played(), is_lesson_);
    code_text_.edited = buffer_.text() != original_;
    if (editing) show_buffer();
    lesson_text_ = lesson_text_of(lesson_, course_);
    lesson_text_.languages = languages();
    const auto& all = lesson_text_.languages;
    lesson_text_.language = std::find(all.begin(), all.end(), language_) == all.end() ? all.front() : language_;
    ++texts_version_;
    const trace::Trace& recorded = model_->recorded();
    judge(lesson_text_, lesson_, {recorded, ran_well_});
    view_.hints.resize(lesson_text_.tasks.size());
    for (const lessons::Checkpoint& checkpoint : lesson_.checkpoints) {
        const std::uint32_t after =
            lesson_text_.checkpoints.empty() ? 0 : lesson_text_.checkpoints.back().step.value_or(0);
        lesson_text_.checkpoints.push_back(
            {checkpoint.title, checkpoint.prose, lessons::find_step(recorded, checkpoint.at, after)});
    }
    if (view_.selected != trace::nobody && !model_->lane(view_.selected)) view_.selected = trace::nobody;
    if (!model_->traffic().request(view_.request)) view_.request = 0;
    std::erase_if(view_.folded, [this](std::uint32_t place) { return place >= model_->processes().size(); });
    view_.hovered = trace::nobody;
    view_.hovered_channel.reset();
    view_.hovered_timer.reset();
    search();
    move_to(wanted_cursor_);
}

void Session::show_problems() {
    const bool any = std::any_of(model_->problems().begin(), model_->problems().end(),
                                 [](const Problem& problem) { return !is_remark(problem.kind); });
    if (any && view_.bottom_tab != BottomTab::problems) {
        view_.bottom_tab = BottomTab::problems;
        problems_opened_ = true;
    } else if (!any && problems_opened_) {
        view_.bottom_tab = BottomTab::output;
        problems_opened_ = false;
    }
    touched_ = true;
}

// -- what a person does -----------------------------------------------------------------------------------------------

std::optional<std::uint32_t> Session::destination(Command command) const {
    const std::uint32_t cursor = view_.cursor;
    switch (command) {
        case Command::first:
            return 0;
        case Command::back:
            return cursor == 0 ? 0 : cursor - 1;
        case Command::last:
            return model_->steps();
        case Command::previous_switch:
            return model_->previous_switch(cursor);
        case Command::next_switch:
            return model_->next_switch(cursor);
        case Command::previous_of_selected:
            return model_->previous_of(focus(), cursor);
        case Command::next_of_selected:
            return model_->next_of(focus(), cursor);
        default:
            return std::nullopt;
    }
}

void Session::perform(Command command) {
    touched_ = true;
    if (command == Command::step) return step_on();
    if (const auto step = destination(command)) return seek(*step);
    if (perform_on_program(command) || perform_on_files(command)) return;
    switch (command) {
        case Command::play:
            return play_or_pause();
        case Command::previous_lesson:
            return go_to_lesson(-1);
        case Command::next_lesson:
            return go_to_lesson(+1);
        case Command::choose_lesson:
            return show(overlay_ == Overlay::lessons ? Overlay::none : Overlay::lessons);
        case Command::slower:
            return change_speed(-1);
        case Command::faster:
            return change_speed(+1);
        case Command::speed:
            return next_speed();
        case Command::to_breakpoint:
            return go_to_breakpoint();
        case Command::to_checkpoint:
            return go_to_checkpoint();
        case Command::lane_up:
            return move_lane(-1);
        case Command::lane_down:
            return move_lane(+1);
        case Command::help:
            return show(overlay_ == Overlay::help ? Overlay::none : Overlay::help);
        case Command::language:
            return next_language();
        case Command::follow_request:
            return follow_request();
        case Command::next_hint:
            return show_next_hint();
        case Command::compare:
            return show_first_solution();
        case Command::palette:
            return open_palette("");
        case Command::open_file:
            open_palette("");
            opens_file_ = true;
            return;
        case Command::exports:
            return open_palette("export");
        case Command::clear_filter:
            return clear_filter();
        case Command::filter:
            return open_filter();
        default:  // zoom and pan need the timeline's size: control_keys.cpp
            return change_view(view_, *model_, command);
    }
}

/// The program itself, how it runs, and where it stops; false: it is another command.
bool Session::perform_on_program(Command command) {
    switch (command) {
        case Command::run:
            return run_from_start(), true;
        case Command::seed:
            return reseed(), true;
        case Command::choose:
            return choose_at_every_turn(), true;
        case Command::what_if:
            return open_what_if(), true;
        case Command::undo_choice:
            return undo_choice(), true;
        case Command::forget_choices:
            return forget_choices(), true;
        case Command::edit:
            return start_or_leave_editing(), true;
        case Command::reset_program:
            return reset_program(), true;
        case Command::save:
            return save(), true;
        case Command::break_here:
            return break_here(), true;
        case Command::break_on_coroutine:
            return toggle({Breakpoint::Kind::coroutine, focus()}), true;
        default:
            return false;
    }
}

void Session::run_from_start() {
    wanted_cursor_ = 0;
    keep_draft();
    read_lesson();
    if (model_->steps() == 0) return;  // it could not be run: the person mends it
    code_text_.caret.reset();
    view_.playing = false;
    play_or_pause();
}

void Session::seek(std::uint32_t step) {
    view_.playing = false;
    view_.glide = view_.flight = 0;
    glide_start_ = Time{0};
    move_to(step);
}

void Session::move_to(std::uint32_t step) {
    wanted_cursor_ = step;
    view_.cursor = std::min(step, model_->steps());
    view_.code_scroll = -1;
    view_.bottom_scroll = -1;
    touched_ = true;
}

void Session::select(std::uint32_t coroutine) {
    view_.selected = view_.selected == coroutine ? trace::nobody : coroutine;
    touched_ = true;
}

void Session::select_channel(std::uint32_t channel) {
    view_.selected_channel = view_.selected_channel == channel ? std::nullopt : std::optional(channel);
    touched_ = true;
}

void Session::select_timer(std::uint32_t timer) {
    view_.selected_timer = view_.selected_timer == timer ? std::nullopt : std::optional(timer);
    touched_ = true;
}

void Session::fold(std::uint32_t process) {
    if (std::erase(view_.folded, process) == 0) view_.folded.push_back(process);
    touched_ = true;
}

void Session::follow(std::uint32_t request) {
    view_.request = view_.request == request ? 0 : request;
    view_.lanes_scroll = -1;
    touched_ = true;
}

void Session::follow_known(std::uint32_t request) {
    const auto& all = model_->traffic().requests();
    if (model_->traffic().request(request)) return follow(request);
    if (all.empty()) throw std::runtime_error("no request comes to a server in this run, so none can be followed");
    throw std::runtime_error(fmt::format("there is no request {} in this run; its requests are {} to {}", request,
                                         all.front().number, all.back().number));
}

/// The one to which this step belongs, else the last that was begun, else the first; a second time none.
void Session::follow_request() {
    const auto& requests = model_->traffic().requests();
    if (view_.request != 0) return follow(view_.request);
    if (requests.empty()) return tell("No request comes to a server in this run.");
    std::uint32_t wanted = model_->traffic().request_at(view_.cursor);
    if (wanted == 0) {
        wanted = requests.front().number;
        for (const Request& one : requests) {
            if (one.from <= view_.cursor) wanted = one.number;
        }
    }
    follow(wanted);
}

void Session::choose(std::uint32_t answer) {
    view_.choice = answer;
    touched_ = true;
}

void Session::press_digit(std::uint32_t digit) {
    if (view_.cursor > 0 || lesson_text_.choices.empty()) return run_next(digit);
    if (digit < lesson_text_.choices.size()) choose(digit);
}

void Session::go_to_problem(std::uint32_t problem) {
    if (problem >= model_->problems().size()) return;
    if (const std::uint32_t step = model_->problems()[problem].step; step > 0) seek(step);
}

void Session::show(Overlay overlay) {
    overlay_ = overlay;
    lesson_row_ = place_in_course().value_or(0);
    touched_ = true;
}

void Session::escape() {
    touched_ = true;
    if (overlay_ != Overlay::none) {
        overlay_ = Overlay::none;
    } else if (view_.filtering || !view_.filter.empty()) {
        clear_filter();
    } else if (is_editing()) {
        start_or_leave_editing();
    } else if (!notice_.empty()) {
        notice_.clear();
    } else if (view_.request != 0) {
        follow(view_.request);
    } else {
        view_.selected = trace::nobody;
        view_.selected_channel.reset();
        view_.selected_timer.reset();
    }
}

void Session::tell(std::string notice) {
    notice_ = std::move(notice);
    notice_ends_ = now_ + notice_time;
    touched_ = true;
}

void Session::move_lane(int by) {
    const TimelineRows rows(*model_, view_);
    if (rows.count() == 0) return;
    const auto here = rows.row_of(focus());
    const std::ptrdiff_t row = here ? static_cast<std::ptrdiff_t>(*here) + by : 0;
    const auto last = static_cast<std::ptrdiff_t>(rows.count()) - 1;
    view_.selected = rows.lane(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(row, 0, last))).coroutine;
    view_.lanes_scroll = -1;
}

std::uint32_t Session::focus() const {
    if (view_.selected != trace::nobody) return view_.selected;
    if (state().running != trace::nobody) return state().running;
    return view_.cursor == 0 ? 0 : model_->event(view_.cursor).coroutine;
}

bool Session::is_checkpoint(std::uint32_t step) const {
    return std::any_of(lesson_text_.checkpoints.begin(), lesson_text_.checkpoints.end(),
                       [&](const CheckpointText& checkpoint) { return checkpoint.step == step; });
}

}  // namespace co::studio
