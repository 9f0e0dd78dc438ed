// State: everything that is true at one moment of a recorded run.
//
//     co::studio::State state;
//     for (const auto& event : trace.events) state.apply(event);
//     state.coroutine(2).activity == co::studio::Activity::waiting_channel
//
// It is rebuilt from events alone: the runtime is not asked, so any moment of the past can be shown. Of a run with
// several processes it holds all of them; whatever has a number carries its process in it (processes.h).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include <co/trace.h>

#include "visualizer/model/gates.h"
#include "visualizer/model/loops.h"
#include "visualizer/model/processes.h"
#include "visualizer/model/shared.h"
#include "visualizer/model/timer_heap.h"

namespace co::studio {

/// What a coroutine is doing; each has its own colour, glyph and pattern (studio design, "Colours").
enum class Activity : std::uint8_t {
    unborn,
    running,
    ready,
    waiting_channel,  // a channel, a wait group, a mutex, a join() or a resume(): another coroutine has to act
    waiting_timer,
    waiting_io,
    done,
    failed,
    handed_off,  // its go() or resume() is running another coroutine inside it
};

/// The call in which a coroutine is parked.
enum class WaitKind : std::uint8_t {
    none,
    sleep,
    pop,
    push,
    group,
    resume,
    select,
    join,
    lock,
    acquire,
    barrier,
    descriptor,  // until it can be read or written
    send,        // until a session's output buffer has room
    post,        // until a role's mailbox has room
    task,        // until tasks are finished
    aside,       // until a helper thread has made a call
    shared_lock,
    shared_number,
};

/// One of the channels at which a select() waits.
struct SelectCase {
    std::uint32_t channel = 0;
    bool pushes = false;
    std::uint32_t text = 0;  // the value it holds
};

struct Wait {
    WaitKind kind = WaitKind::none;
    std::uint32_t object = 0;                       // the channel, group, gate, descriptor, session or role
    std::int64_t deadline = co::trace::forever_ns;  // ns
    std::uint32_t text = 0;                         // the value held; whom a join() waits for; "read", "write"; a call
    std::vector<SelectCase> cases{};                // of a select()

    /// The value (a text) that is held for `channel`, by a push() or a case of a select(); 0: none.
    std::uint32_t offered_to(std::uint32_t channel) const;
    /// Whether it is in the producers' (`pushes`) or the consumers' queue of `channel`.
    bool stands_at(std::uint32_t channel, bool pushes) const;
};

struct CoroutineState {
    std::uint32_t id = co::trace::nobody;
    std::uint32_t name = 0;  // text: how it was called, `producer("tea")`
    std::uint32_t parent = co::trace::nobody;
    Activity activity = Activity::unborn;
    std::uint32_t since_step = 0;  // when it entered this activity
    std::int64_t since_time = 0;   // ns
    std::uint32_t line = 0;
    std::uint16_t source = 0;
    Wait wait;                                         // while it waits
    Wait last_wait;                                    // the wait it was last woken from
    std::int64_t last_wait_time = 0;                   // ns that it lasted
    std::uint32_t woken_by = co::trace::nobody;        // nobody: a timer
    std::uint32_t woken_step = 0;                      // 0: never woken
    std::uint32_t ran_step = 0;                        // when the event loop, a go() or a resume() last ran it
    std::uint32_t hand = 0;                            // text: the value it was handed, until it runs with it
    std::uint32_t running_inside = co::trace::nobody;  // who runs it by go() or resume(), while it has not waited yet
    bool was_cancelled = false;                        // its last wait
    std::uint32_t calls = 0;       // of the script, in each other, where it stands; 0: the trace does not tell
    std::uint32_t most_calls = 0;  // so far
};

/// It stands in a line of the script, and only another coroutine could make it go on.
bool waits_for_ever(const CoroutineState& one);

struct Seat {
    std::uint32_t text = 0;      // the value
    std::uint32_t producer = 0;  // who pushed it
    std::uint32_t step = 0;      // when it took the seat
};

struct ChannelState {
    std::uint32_t id = 0;
    std::uint32_t name = 0;
    std::int64_t capacity = 1;
    bool closed = false;
    std::deque<Seat> seats{};               // front: next out
    std::deque<std::uint32_t> producers{};  // parked in push(), front: next served
    std::deque<std::uint32_t> consumers{};  // parked in pop()
    std::uint32_t touched_step = 0;
};

struct TimerState {
    std::uint32_t id = 0;
    std::uint32_t name = 0;
    std::int64_t set_time = 0;    // ns; a tick's previous firing
    std::int64_t deadline = 0;    // ns
    std::uint32_t period_ms = 0;  // 0: fires once
    std::uint32_t owner = co::trace::nobody;
    std::uint64_t order = 0;  // of setting
};

struct GroupState {
    std::uint32_t id = 0;
    std::uint32_t name = 0;
    std::int64_t count = 0;
    std::vector<std::uint32_t> waiters{};
};

class State {
  public:
    State() = default;
    /// For a run whose processes are known: they outlive the state.
    explicit State(const Processes& processes) : processes_(&processes) {}

    /// Takes in the next event of the trace. Never throws on a broken trace: an unknown id is made up.
    void apply(const co::trace::Event& event);

    std::uint32_t step = 0;                     // number of steps applied
    std::int64_t time = 0;                      // ns
    std::uint32_t process = 0;                  // where the last step happened
    std::uint32_t running = co::trace::nobody;  // in that process
    std::uint32_t lines_of_output = 0;
    std::vector<CoroutineState> coroutines;  // in the order in which they were first named; of one process by id
    std::vector<ChannelState> channels;      // in the order they were made
    std::vector<GroupState> groups;
    std::vector<GateState> gates;
    std::vector<SharedState> shared;
    std::vector<TimerState> timers;   // alive ones
    std::deque<std::uint32_t> ready;  // front: runs next in its process
    Loops loops;                      // of all processes
    /// Who of the script was parked for ever when its process ended by itself.
    std::vector<CoroutineState> left_behind;

    const CoroutineState* coroutine(std::uint32_t id) const;
    const ChannelState* channel(std::uint32_t id) const;
    const TimerState* timer(std::uint32_t id) const;
    const GroupState* group(std::uint32_t id) const;
    const GateState* gate(std::uint32_t id) const;
    const SharedState* shared_one(std::uint32_t id) const;
    /// "worker 1"; empty for the run's only process.
    std::string_view process_title(std::uint32_t place) const;
    /// The step at which it ended, and not because somebody killed it; 0: it did not.
    std::uint32_t left_at(std::uint32_t place) const;
    /// Timers and timed waits as a binary heap in array order: children of i are 2i+1 and 2i+2; [0] is due first.
    /// Entries stand where inserting and removing them, event by event, has put them.
    const std::vector<HeapEntry>& timer_heap() const { return timer_heap(process); }
    const std::vector<HeapEntry>& timer_heap(std::uint32_t which) const;
    /// The place of the process in which an event happened; most_processes: it is not known.
    std::uint32_t place_of(const co::trace::Event& event) const;
    /// Who runs in that process, also while another one made the last step.
    std::uint32_t running_in(std::uint32_t which) const;
    /// Those of the ready queue that are of that process.
    std::vector<std::uint32_t> ready_in(std::uint32_t which) const;

  private:
    /// What each process has one of.
    struct Own {
        std::uint32_t left_at = 0;
        std::uint32_t running = co::trace::nobody;
        TimerHeap heap{};
        std::vector<std::uint32_t> places{};  // in `coroutines`, by own number
    };

    void enter_process(const co::trace::Event& event, std::uint32_t place);
    void apply_within(const co::trace::Event& event);
    void end_process(const co::trace::Event& event);
    void end_coroutines_of(std::uint32_t of, Activity activity);
    Own& own() { return own_[process]; }
    void apply_step(const co::trace::Event& event);
    void apply_detail(const co::trace::Event& event);
    void apply_to_coroutine(const co::trace::Event& event);
    void apply_to_channel(const co::trace::Event& event);
    void apply_to_group(const co::trace::Event& event);
    void apply_to_gate(const co::trace::Event& event);
    void apply_to_shared(const co::trace::Event& event);
    void apply_to_timer(const co::trace::Event& event);
    void apply_to_descriptor(const co::trace::Event& event);

    void note_place(const co::trace::Event& event);
    void run_inside(const co::trace::Event& event);
    void go_on(const co::trace::Event& event);
    void run_now(CoroutineState& coroutine);
    void requeue(CoroutineState& coroutine);
    void park(CoroutineState& coroutine, Activity activity, const Wait& wait);
    void end(CoroutineState& coroutine, Activity activity);
    void wake(std::uint32_t id, std::uint32_t by);
    void end_wait(CoroutineState& coroutine, std::uint32_t by);
    void enter(CoroutineState& coroutine, Activity activity);
    void leave_queues(const CoroutineState& coroutine);

    void push(ChannelState& channel, const co::trace::Event& event);
    void pop(ChannelState& channel, const co::trace::Event& event);
    void add_case(const co::trace::Event& event);
    void set_timer(const co::trace::Event& event);
    void clear_timer(std::uint32_t id);
    void fire_timer(const co::trace::Event& event);
    void move_timer(const co::trace::Event& event);
    void begin_in_loop(const co::trace::Event& event);

    CoroutineState* known_or_new(std::uint32_t id);
    ChannelState& known_or_new_channel(std::uint32_t id);
    GroupState& known_or_new_group(std::uint32_t id);
    GateState& known_or_new_gate(std::uint32_t id);
    SharedState& known_or_new_shared(std::uint32_t id);

    std::vector<Own> own_{Own{}};  // by process
    const Processes* processes_ = nullptr;
};

}  // namespace co::studio
