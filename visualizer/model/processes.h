// Processes: who took part in a run: processes and their threads, what each is for, when it lived.
//
//     Processes processes = Processes::join(trace);
//     processes[4].title          // "worker 1"
//     processes[4].pid_text()     // "pid 5"
//
// Every process counts its coroutines, channels and timers from 0 or 1 anew. join() makes one series of them, so that
// everything that follows finds a coroutine by its number alone; a run with one process is left as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <co/trace.h>

namespace co::studio {

inline constexpr std::uint32_t numbers_a_process = 1U << 20;
/// Those that a model can tell apart; later ones have no lanes.
inline constexpr std::uint32_t most_processes = UINT32_MAX / numbers_a_process;

/// The process (its place among Processes) of a joined coroutine, channel, timer, …
constexpr std::uint32_t process_of(std::uint32_t id) { return id == co::trace::nobody ? 0 : id / numbers_a_process; }
/// Its number as its own process counts.
constexpr std::uint32_t own_number(std::uint32_t id) { return id == co::trace::nobody ? id : id % numbers_a_process; }
constexpr std::uint32_t joined_number(std::uint32_t process, std::uint32_t own) {
    return process * numbers_a_process + own;
}

/// Parts of a server, as traces number them: kind times 65,536, and index.
enum class Part : std::uint8_t { none, master, manager, reactor, worker, task_worker };

struct Process {
    std::uint32_t number = 0;  // of the process or thread, as the trace has it; 0: the first
    std::string title = {};    // "worker 1", "ann", "program"
    Part part = Part::none;
    std::uint32_t role = co::trace::nobody;  // as events name it
    std::uint32_t index = 0;                 // among its part, from 0
    bool is_thread = false;
    std::uint32_t owner = 0;  // of a thread: the process whose it is; else who started it
    std::uint32_t host = 0;
    std::string host_name = {};
    std::uint32_t from = 0;                      // the step in which it was started; 0: it was there before
    std::uint32_t to = UINT32_MAX;               // the step in which it ended
    std::optional<std::int64_t> exit_code = {};  // 128 + the signal that ended it
    bool acts = false;                           // it has coroutines, and so lanes

    /// "pid 5", "thread 3".
    std::string pid_text() const;
    bool was_killed() const { return exit_code && *exit_code > 128; }
};

class Processes {
  public:
    /// Rewrites the trace's events: every coroutine, channel, … carries the place of its process among these.
    static Processes join(trace::Trace& trace);

    std::size_t size() const { return all_.size(); }
    /// Whether there is anything to tell apart.
    bool several() const { return acting_ > 1; }
    const Process& operator[](std::size_t place) const { return all_[place]; }
    const std::vector<Process>& all() const { return all_; }
    /// The place of the one that the trace numbers so.
    std::optional<std::uint32_t> place_of(std::uint32_t number) const;
    /// The one in which an event happened.
    std::uint32_t of(const trace::Event& event) const { return place_of(event.process).value_or(0); }
    /// In the order in which people look at them: other computers, the program, its reactors, manager, workers.
    std::vector<std::uint32_t> in_order() const;
    /// Who plays that part of a server at that step, or played it last before.
    std::optional<std::uint32_t> playing(std::uint32_t role, std::uint32_t step) const;

  private:
    std::uint32_t place_or_new(std::uint32_t number);
    void note(const trace::Trace& trace, const trace::Event& event, std::uint32_t step);
    void end(std::uint32_t place, std::uint32_t step, std::int64_t exit_code);
    void name_hosts();

    std::vector<Process> all_{Process{}};
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places_{{0, 0}};  // number, place; sorted
    std::vector<std::pair<std::uint32_t, std::string>> hosts_;
    std::size_t acting_ = 1;
};

}  // namespace co::studio
