// Session: one sitting in the studio: the lesson, its run, where the person is in it. No window, no ImGui, no clock of
// its own: the time is passed in, so that a test can play a lesson in no time.
//
//     Session session({.file = "lessons/scripts/12-channels.md"}, {},
//     std::make_unique<FileWorkshop>("lessons/scripts")); session.perform(Command::play); session.advance(400ms);
//     session.view().cursor        // 1
//
// It runs the program when it is opened and when its file is saved; a mistake in it is a Problem to be shown, and the
// session goes on.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lessons/format/lesson.h"
#include "visualizer/futures.h"
#include "visualizer/layout/command.h"
#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/palette.h"
#include "visualizer/layout/view.h"
#include "visualizer/model/model.h"
#include "visualizer/model/text_buffer.h"
#include "visualizer/platform/preferences.h"
#include "visualizer/workshop.h"

namespace co::studio {

/// Time since the studio was opened.
using Time = std::chrono::milliseconds;

/// What to open, and where in it.
struct Opening {
    std::filesystem::path file;           // a lesson (.md) or a plain script
    std::filesystem::path lessons{};      // the course's folder, for going on to the next one; empty: only this file
    std::optional<std::uint64_t> seed{};  // empty: the lesson's own
    std::optional<std::uint32_t> step{};  // where the playhead stands; empty: before the first step
    std::optional<std::chrono::nanoseconds> at{};  // the same by simulated time
    std::optional<std::uint32_t> checkpoint{};     // the same by the lesson's checkpoint, from 1
    std::optional<std::uint32_t> request{};        // whose way is followed, by its number
    lessons::Schedule schedule{};                  // choices to run with; the run is compared with the plain one
    std::optional<Theme> theme{};                  // empty: as last time
    std::optional<std::string> language{};         // empty: as last time
    std::optional<Size> size{};                    // empty: as last time
};

/// What lies over the panels.
enum class Overlay : std::uint8_t { none, help, lessons, palette };

class Session {
  public:
    /// Throws std::runtime_error when the file can't be read at all; whatever is wrong in it becomes a problem.
    Session(const Opening& opening, const Preferences& preferences, std::unique_ptr<Workshop> workshop);

    const Model& model() const { return *model_; }
    const State& state() const;  // at the cursor
    const View& view() const { return view_; }
    View& view() {
        touched_ = true;
        return view_;
    }
    const LessonText& lesson() const { return lesson_text_; }
    const lessons::Lesson& source() const { return lesson_; }
    bool has_lesson() const { return is_lesson_; }
    const CodeText& code() const { return code_text_; }
    const std::vector<lessons::Lesson>& course() const { return course_; }
    const std::filesystem::path& file() const { return file_; }
    /// Counts up whenever there are other texts to be shown: a lesson, a program, what it told.
    std::uint32_t texts_version() const { return texts_version_; }
    std::uint64_t seed() const { return futures_->now().seed; }
    const Futures& futures() const { return *futures_; }
    /// The history before the latest choice, to compare with; null: nothing was chosen.
    const Model* other() const { return other_.get(); }
    /// The first step that the two do not share; 0: they share all of them.
    std::uint32_t difference() const { return difference_; }
    Theme theme() const { return view_.dark ? Theme::dark : Theme::light; }
    Overlay overlay() const { return overlay_; }
    /// One line to tell the person, until its time is over; empty: nothing.
    const std::string& notice() const { return notice_; }
    /// What is to be put on the clipboard, once.
    std::optional<std::string> take_copied() { return std::exchange(copied_, std::nullopt); }
    Preferences preferences(Size window) const;

    // What a person does.
    void perform(Command command);
    void seek(std::uint32_t step);
    void select(std::uint32_t coroutine);
    /// A second time: no longer.
    void select_channel(std::uint32_t channel);
    void select_timer(std::uint32_t timer);
    void choose(std::uint32_t answer);
    /// The ready coroutine at this place of the ready queue runs next, and the run goes on from there.
    void run_next(std::size_t place);
    /// That one of interferences() happens, and the run goes on from there.
    void interfere(std::size_t place);
    /// A digit's key, from 0: the answer to the question before the first step, later who runs next.
    void press_digit(std::uint32_t digit);
    void go_to_problem(std::uint32_t problem);
    void show_hint(std::uint32_t exercise);
    void show_solution(std::uint32_t exercise);
    void toggle(const Breakpoint& breakpoint);

    // The palette, and the search in the events: both take what is typed.
    std::vector<LessonEntry> lesson_entries() const;
    std::vector<PaletteEntry> palette() const;
    const std::string& query() const { return query_; }
    bool opens_file() const { return opens_file_; }
    /// Opens it, or looks into it where it is a folder.
    void choose_file(const std::string& file);
    const std::vector<std::uint32_t>& found() const { return found_; }
    bool takes_text() const;
    void type(const std::string& text);
    void erase_typed();
    /// The person is done with the field; what it found stays.
    void end_typing();
    void write_picture(const Screenshot& picture, const std::string& name);
    /// A picture of the window is to be written under this name, once.
    std::optional<std::string> take_picture_name() { return std::exchange(picture_, std::nullopt); }

    // Editing the program; what is typed is the person's own version and is kept.
    bool is_editing() const { return code_text_.caret.has_value(); }
    const TextBuffer& buffer() const { return buffer_; }
    void edit(const std::function<void(TextBuffer&)>& change);
    void copy(std::string text) { copied_ = std::move(text); }
    void keep_draft();
    void open_lesson(std::size_t index);
    /// Another lesson or script, from its start. Throws as the constructor does.
    void open(const std::filesystem::path& file);
    /// The same one anew, with another text or another run; the playhead stays where it is, as far as it can.
    void reload() { read_lesson(); }
    /// The coroutine that the panels are about: the selected one, else the running one, else the one of the last step.
    std::uint32_t focus() const;
    /// Shows of a process its heading alone, or all of its coroutines again.
    void fold(std::uint32_t process);
    /// Lights a request's way over all lanes; the same one again: no more.
    void follow(std::uint32_t request);
    void follow_request();
    /// Throws std::runtime_error when the run has no such request.
    void follow_known(std::uint32_t request);
    void show(Overlay overlay);
    /// The lesson that Enter opens in the list of lessons.
    std::size_t lesson_row() const { return lesson_row_; }
    void move_lesson_row(int by);
    /// Closes what lies on top; with nothing there, follows the running coroutine again.
    void escape();
    void tell(std::string notice);

    /// Lets the time pass: plays on, notices a saved file.
    void advance(Time now);
    /// When advance() has something to do next.
    Time next_wake() const;
    void reduce_motion(bool reduce = true) { motion_ = !reduce; }
    /// Is there something new to see since the last call?
    bool take_touched() { return std::exchange(touched_, false); }

  private:
    void read_lesson();
    void run();
    lessons::RunResult run(const Plan& plan);
    void open_filter();
    void clear_filter();
    void open_palette(const std::string& query);
    void search();
    void export_text();
    lessons::Lesson played() const;
    void take_program();
    void start_or_leave_editing();
    void show_buffer();
    void reset_program();
    void save();
    void go_to_breakpoint();
    void break_here();
    void go_to_checkpoint();
    void seek_checkpoint(std::uint32_t number);
    void show_next_hint();
    void show_first_solution();
    void reseed();
    void forget_choices();
    void undo_choice();
    void choose_at_every_turn();
    void open_what_if();
    void tell_why_nobody_is_chosen();
    void show_broken_lesson(const lessons::LessonError& error);
    void fill_texts();
    void show_problems();
    /// Where a command of the transport takes the playhead; nothing: it is another command.
    std::optional<std::uint32_t> destination(Command command) const;
    bool perform_on_program(Command command);
    bool perform_on_files(Command command);
    void run_from_start();
    void move_to(std::uint32_t step);
    void step_on();
    void move_folds(Time now);
    void share();
    void play_or_pause();
    void change_speed(int by);
    void next_speed();
    /// The one that can be chosen, else the usual.
    static float known_speed(float speed);
    void move_lane(int by);
    void go_to_lesson(int by);
    std::optional<std::size_t> place_in_course() const;
    void export_run();
    void next_language();
    std::vector<std::string> languages() const;
    void export_trace();
    bool is_checkpoint(std::uint32_t step) const;
    Time step_time() const;
    /// The share of a motion that began with the last step and is not over yet.
    float left_of(Time motion, Time now) const;

    std::unique_ptr<Workshop> workshop_;
    std::vector<lessons::Lesson> course_;
    std::filesystem::path file_;
    lessons::Lesson lesson_;
    bool is_lesson_ = false;
    std::optional<Futures> futures_;  // empty: not read yet
    std::unique_ptr<Model> model_;
    bool ran_well_ = true;
    std::string output_;  // and what else a saved run holds
    std::vector<lessons::Finding> findings_;
    TextBuffer buffer_;             // the program as the person has it
    std::string original_;          // as the file has it
    bool saved_elsewhere_ = false;  // another program wrote the file while they had their own version
    std::unique_ptr<Model> other_;
    std::uint32_t difference_ = 0;
    mutable std::optional<State> state_;
    LessonText lesson_text_;
    CodeText code_text_;
    View view_;
    std::uint32_t wanted_cursor_ = 0;  // where the person was, also while a broken program has no such step
    Overlay overlay_ = Overlay::none;
    std::size_t lesson_row_ = 0;
    bool problems_opened_ = false;  // the tab was changed to Problems by itself
    std::string language_ = "en";   // that the person reads, where the lesson has it
    std::uint32_t texts_version_ = 0;
    std::string notice_;
    std::optional<std::string> copied_;
    std::optional<std::string> picture_;
    std::string query_;                 // typed into the palette
    bool opens_file_ = false;           // it lists files
    std::vector<std::uint32_t> found_;  // steps
    Time now_{0}, next_step_{0}, next_look_{0}, notice_ends_{0};
    Time glide_start_{0};
    bool stepped_ = false;  // by hand since the last advance()
    Time stepped_at_ = -std::chrono::seconds(1);
    std::optional<Time> fold_time_;  // up to which the panels that fold have moved
    bool motion_ = true;
    bool touched_ = true;
};

}  // namespace co::studio
