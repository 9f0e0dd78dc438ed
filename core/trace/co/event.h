// Event: one thing that happened in a running program, as the runtime's probes write it.
//
//     co::trace::Event event;
//     event.kind = co::trace::EventKind::push;   // coroutine 2 pushed into channel 1
//     event.coroutine = 2;
//     event.object = 1;
//
// A trace is a list of these. Each is a *step* (the player's cursor stops there), a *detail* (it belongs to
// the step before it) or a *line* (it belongs to the step after it), so a step's extent is  line* step
// detail*. An event is plain data without pointers: it is compared, hashed, saved and sent as it stands.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace co::trace {

enum class EventKind : std::uint8_t {
    // -- coroutines ------------------------------------------------------------------------------------
    start,      // step: the program's main coroutine begins. text: its name
    go,         // step: `coroutine` runs the new coroutine `object` inside itself. text: how it was called
    resume,     // step: `coroutine` runs the parked coroutine `object` inside itself
    run,        // step: the event loop runs `coroutine`, the first of the ready queue
    requeue,    // step: sleep(0): `coroutine` goes to the back of the ready queue. value: 0, or the lines of the time
                // slice after which an interpreter cut it off
    yield,      // step: `coroutine` parks until somebody resumes it
    sleep,      // step: `coroutine` parks until `value` (ns)
    defer,      // step: `coroutine` registers a function for its end
    deferred,   // step: a deferred function of `coroutine` runs
    done,       // step: `coroutine` ended
    failed,     // step: `coroutine` ended by an uncaught error. text: the error
    cancel,     // step: `coroutine` ended the wait of `object`. text: empty, or the reason why it could not
    join_wait,  // step: `coroutine` parks until others end. value: deadline (ns) or forever; text: which ones
    join_pass,  // step: join() did not have to wait. text: empty, or the reason why it failed
    due,        // step: the deadline of `coroutine` passed, it is ready. value: 1 when its wait timed out
    ready,      // detail: `object` was made ready by `coroutine`
    back,       // detail: `coroutine` goes on, the coroutine `object` that it ran inside itself parked or ended
    line,       // line: `coroutine` reached a source line
    // -- channels: object is the channel ---------------------------------------------------------------
    channel,      // step: a channel was made. value: its capacity; text: its name
    push,         // step: text: the value; other: the consumer that was handed it, nobody: it took a seat
    push_wait,    // step: no free seat, `coroutine` parks. text: the value it holds; value: deadline (ns) or
                  // forever
    push_failed,  // step: text: the reason ("closed", "timeout", "cancelled")
    pop,          // step: text: the value; other: the producer whose value took the freed seat, or nobody
    pop_wait,     // step: nothing to take, `coroutine` parks. value: deadline (ns) or forever
    pop_failed,   // step: text: the reason
    close,        // step: the channel was closed
    select_wait,  // step: no case can go on, `coroutine` parks at all of them. value: deadline (ns) or forever
    select_case,  // detail: one of them: object: the channel; value: 1 to push, 0 to pop; text: the value it holds
    select_pass,  // step: select() did not park. text: the reason ("timeout"), a case that went on shows as push or pop
    // -- wait groups: object is the group --------------------------------------------------------------
    group,       // step: a wait group was made. text: its name
    group_add,   // step: value: the count afterwards
    group_done,  // step: value: the count afterwards
    group_wait,  // step: `coroutine` parks until the count is 0. value: deadline (ns) or forever; other: the
                 // count
    group_pass,  // step: wait() did not have to wait. text: empty, or the reason why it failed
    // -- gates: object is the mutex, semaphore or barrier ---------------------------------------------------------
    gate,       // step: one was made. value: how many may pass; text: its name; other: 0 mutex, 1 semaphore, 2 barrier
    gate_pass,  // step: `coroutine` did not have to wait. value: how many more may; text: the reason when refused
    gate_wait,  // step: `coroutine` parks. value: deadline (ns) or forever
    gate_open,  // step: unlocked, released, or the last arrived. value: how many may pass; other: who is let through
    // -- timers: object is the timer -------------------------------------------------------------------
    timer_after,  // step: value: deadline (ns); text: its name
    timer_tick,   // step: value: first deadline (ns); other: period in ms; text: its name
    timer_clear,  // step: value: 1 when it was cleared, 0 when it was unknown or fired
    timer_fire,   // step: the timer is due; its fresh `coroutine` is ready. value: next deadline (ns) or
                  // forever;
                  //       text: the coroutine's name
    timer_moved,  // detail: the timer dropped the periods that it missed. value: its next deadline (ns)
    // -- the event loop ---------------------------------------------------------------------------------------------
    later,      // step: event.defer(): a fresh coroutine will run in the next turn of the loop
    loop_call,  // step: a loop phase made its fresh `coroutine` ready. value: the LoopPhase; text: the coroutine's name
    block,      // step: `coroutine` holds the whole thread. value: for how long (ns); text: "sleep" or "compute"
    // -- the program -----------------------------------------------------------------------------------
    print,     // step: text: one line of output, without its newline
    deadlock,  // step: every coroutine is parked and nothing can wake any. text: the report
    stopped,   // step: the run was ended from outside it (budget, horizon). text: why
    // -- descriptors: object is the descriptor -----------------------------------------------------------------------
    fd_wait,    // step: `coroutine` parks until it is ready. value: deadline (ns) or forever; text: "read" or "write"
    fd_pass,    // step: it did not park. text: the reason ("timeout")
    fd_ready,   // step: it is ready. other: who waited for it; value: 0 to read, 1 to write; text: the same in words
    fd_watch,   // detail: what the loop watches it for changed. value: 1 read, 2 write, 3 both, 0 no more
    loop_wait,  // step: the loop gives its thread to the kernel. value: until (ns) or forever; other: descriptors
                // watched
    loop_woke,  // step: it has it back. value: how many descriptors are ready
    listen,     // step: it takes connections from now on. text: the address; value: the backlog
    accept,     // step: it is a fresh connection. text: "here < there"; value: the listening descriptor
    connect,    // step: it will be a connection. text: "here > there"
    connected,  // step: text: empty, or the reason why it failed
    read,       // step: value: how many bytes came out of its receive buffer; text: the first of them
    write,      // step: value: how many went into its send buffer; text: the first of them
    io_failed,  // step: text: the reason; value: 0 read, 1 write
    shut,       // step: value: 0 for reading, 1 for writing, 2 both
    fd_close,   // step: it is no more
    // -- the network: object and other are hosts, from and to; the machine's own doing: no coroutine
    // ---------------------
    host,             // step: a computer. object: its number; value: its latency (ns); text: its name
    segment_sent,     // step: bytes leave. value: how many; text: "10.0.0.1:32768 > 10.0.0.2:9501"
    segment_arrived,  // step: the same bytes are in the receiver's buffer
    segment_lost,     // step: they are not; TCP sends them again
    reset,            // step: `other` is told that the connection is broken off. text: as above
    partition,        // step: value: 1 when the way between `object` and `other` is cut, 0 when it is whole again
    // -- processes: object is the process, or thread; numbered in one series
    // ---------------------------------------------
    process_start,   // step: `process` started it. other: its host; value: 0 process, 1 thread; text: its name
    process_end,     // step: it ended. value: exit code, or 128 + the signal that ended it
    process_reaped,  // step: `process` took note of its end
    signal_sent,     // step: `process` sent it a signal. value: which
    signal_taken,    // step: `process` met it. value: which
    fault,           // step: something was made to go wrong. text: what
    // -- a server: its roles are numbered by kind times 65,536 and index (master, manager, reactor, worker, task
    // worker) --
    role,           // step: `process` plays this part of a server from now on. object: the role; text: its name
    session_open,   // step: a connection was taken in. object: its session; text: the peer
    session_close,  // step: object: the session; it is over
    framed,      // step: a packet is complete. object: the session; other: its request; value: its bytes; text: of them
    dispatched,  // step: a worker was chosen for it. object: session; other: request; value: the worker, from 0
    message_sent,   // step: to the mailbox of the role `object`. value: bytes; other: request or task; text: what
    message_taken,  // step: out of the own mailbox, from the role `object`; as above
    post_wait,      // step: `coroutine` parks: too much waits for the role `object` already
    send_wait,      // step: `coroutine` parks until the output buffer of the session `object` has room
    event,          // step: `coroutine` runs an event of the program. text: which; object: session; other: request
    event_done,     // step: it is done. object: session; other: request
    task,           // step: a task was given. object: its number; value: the worker; text: its data
    task_begin,     // step: its task worker begins
    task_finish,    // step: it has a result. text: the result
    task_failed,    // step: it has none. text: why
    task_wait,  // step: `coroutine` parks until tasks are finished. object: the last; value: deadline (ns) or forever
    worker_start,  // step: the manager started a process for the worker `object`. value: its process id; other: how
                   // often
    worker_ended,  // step: that process is gone. text: why
    log,           // step: text: one line about something refused or wrong
    // -- calls that would hold up the thread: a helper thread makes them; commands ---------------------------------
    aside_wait,     // step: `coroutine` parks until a helper thread has made a call. text: which; value: deadline (ns)
                    // or forever
    aside_done,     // step: it has. other: the coroutine that waited for it; text: the call
    command_start,  // step: `coroutine` started a command. object: its process; text: the command
    command_end,    // step: it ended. object: its process; value: exit code, or 128 + the signal that ended it
    // -- memory that processes share: object is the Table, number or Lock, the same in all of them. Texts of calls:
    // `set("tea") left = 9`, what follows the bracket is what came of it ----------------------------------------
    shared,          // step: one was made. value: its rows, or its number; text: its name; other: 0 Table, 1 Atomic,
                     // 2 AtomicLong, 3 Lock
    shared_read,     // step: text: the call; value: the number, or how many rows were found
    shared_write,    // step: it was changed. text: the call; value: the number, or how many rows there are, afterwards
    shared_refused,  // step: it was not. text: the call and why; value: the number as it is, or how many rows there are
    shared_wait,     // step: `coroutine` parks: the Lock is held, the number is not 1. value: deadline (ns) or forever
    shared_pass,     // step: `coroutine` holds the Lock, or need not wait at the number any more. value: of a Lock 1,
                     // else the number; text: empty, "recovered" (the Lock's holder had died), or the reason why not
    shared_open,     // step: the Lock is free, or wake(). value: the number afterwards; other: how many may go on
};

inline constexpr EventKind last_kind = EventKind::shared_open;

/// No deadline, as a number in an Event.
inline constexpr std::int64_t forever_ns = INT64_MAX;

/// In the place of a coroutine: none, or the event loop itself. The main coroutine is 0, go() counts from 1.
inline constexpr std::uint32_t nobody = UINT32_MAX;

struct Event {
    std::int64_t time = 0;             // ns on the kernel's monotonic clock
    std::int64_t value = 0;            // a number; which one, EventKind says
    std::uint32_t process = 0;         // the process, or thread of one, where it happened; 0: the first
    std::uint32_t coroutine = nobody;  // who did it
    std::uint32_t object = 0;          // the channel, timer, group or coroutine that it was done to
    std::uint32_t other = nobody;      // a second coroutine or number; which one, EventKind says
    std::uint32_t text = 0;            // index into Trace::texts; 0 is the empty text
    std::uint32_t line = 0;            // source line of `coroutine` at that moment, from 1; 0: unknown
    std::uint16_t source = 0;          // index into Trace::sources
    EventKind kind = EventKind::start;
    std::uint8_t reserved[5] = {};

    friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 48 && std::is_trivially_copyable_v<Event>);

constexpr bool is_line(EventKind kind) { return kind == EventKind::line; }
constexpr bool is_detail(EventKind kind) {
    return kind == EventKind::ready || kind == EventKind::back || kind == EventKind::select_case ||
           kind == EventKind::timer_moved || kind == EventKind::fd_watch;
}
constexpr bool is_step(EventKind kind) { return !is_line(kind) && !is_detail(kind); }

/// Whether `coroutine` does not go on until something wakes it.
constexpr bool parks(EventKind kind) {
    switch (kind) {
        case EventKind::requeue:
        case EventKind::yield:
        case EventKind::sleep:
        case EventKind::join_wait:
        case EventKind::push_wait:
        case EventKind::pop_wait:
        case EventKind::select_wait:
        case EventKind::group_wait:
        case EventKind::gate_wait:
        case EventKind::fd_wait:
        case EventKind::post_wait:
        case EventKind::send_wait:
        case EventKind::task_wait:
        case EventKind::aside_wait:
        case EventKind::shared_wait:
            return true;
        default:
            return false;
    }
}

/// Whether its value is a moment (ns, or forever_ns).
constexpr bool has_deadline(EventKind kind) {
    switch (kind) {
        case EventKind::sleep:
        case EventKind::join_wait:
        case EventKind::push_wait:
        case EventKind::pop_wait:
        case EventKind::select_wait:
        case EventKind::group_wait:
        case EventKind::gate_wait:
        case EventKind::timer_after:
        case EventKind::timer_tick:
        case EventKind::timer_fire:
        case EventKind::timer_moved:
        case EventKind::fd_wait:
        case EventKind::loop_wait:
        case EventKind::task_wait:
        case EventKind::aside_wait:
        case EventKind::shared_wait:
            return true;
        default:
            return false;
    }
}

/// Who asked for a loop_call: event::defer(), event::cycle(), process::signal(), Remote::post().
enum class LoopPhase : std::uint8_t { deferred, cycle, signal, remote };

/// The enumerator's own name: "push_wait".
std::string_view name(EventKind kind);
std::string_view name(LoopPhase phase);

}  // namespace co::trace
