// Command: what a button or a key does. The toolbar's hit areas carry its number; the keys map to the same.
//
//     scene.hit(button, Target::command, number(Command::run));
//     perform(static_cast<Command>(hit.id));
#pragma once

#include <cstdint>

namespace co::studio {

enum class Command : std::uint32_t {
    run,
    first,
    back,
    play,  // and pause
    step,
    last,
    previous_switch,
    next_switch,
    previous_of_selected,
    next_of_selected,
    previous_lesson,
    next_lesson,
    choose_lesson,
    open_file,
    slower,
    faster,
    speed,  // the next speed, after the fastest the slowest
    clock_steps,
    clock_virtual,
    seed,         // another seed, from the playhead on
    choose,       // playing stops wherever somebody can be chosen to run next
    what_if,      // what can be made to go wrong here, in the palette
    undo_choice,  // of who runs next, of a seed, or of what goes wrong
    forget_choices,
    edit,           // the program, and leave it
    reset_program,  // to the lesson's own
    save,
    to_breakpoint,  // on to the next one; without any: play, pause
    break_here,     // set or take away a breakpoint at the line
    break_on_coroutine,
    to_checkpoint,
    lane_up,
    lane_down,
    zoom_in,
    zoom_out,
    pan_left,
    pan_right,
    focus,  // bring the playhead into view
    theme,
    help,
    exports,  // what there is to export, to choose from
    export_trace,
    export_text,
    export_picture,
    palette,
    filter,  // search the events
    clear_filter,
    reset_layout,
    fold_lesson,  // away, and back again
    fold_inspector,
    fold_timeline,
    fold_bottom,
    language,  // the lesson's next one
    save_run,  // the whole run as a file
    next_hint,
    compare,        // with the solution of an exercise that is done
    next_code_tab,  // each panel's tabs in turn
    next_inspector_tab,
    next_bottom_tab,
    lesson_down,  // the lesson's text
    lesson_up,
    follow_request,  // over all lanes; again: no more
    share,           // the moment as a command that opens it again
};

constexpr std::uint32_t number(Command command) { return static_cast<std::uint32_t>(command); }

}  // namespace co::studio
