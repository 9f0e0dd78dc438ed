// Schedule: who runs next, and where chance starts, chosen by hand at moments of a run; elsewhere the run goes its
// usual way. As text it survives in a link, in a lesson and on the command line.
//
//     co::lessons::Schedule schedule = co::lessons::parse_schedule("14:3 22:main 30:seed7");
//     co::lessons::to_text(schedule)      // "14:3,22:0,30:seed7"
//
// 14:3       step 14 is the event loop running coroutine 3 (also written co#3; main is 0)
// 30:seed7   from step 30 on chance starts afresh from seed 7
// Between two choices stand blanks, commas or new lines. Steps grow from choice to choice.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace co::lessons {

struct RunsNext {
    std::uint32_t coroutine = 0;
    friend bool operator==(const RunsNext&, const RunsNext&) = default;
};
struct NewSeed {
    std::uint64_t seed = 0;
    friend bool operator==(const NewSeed&, const NewSeed&) = default;
};

struct Pick {
    std::uint32_t step = 0;  // the one that it decides; from 1
    std::variant<RunsNext, NewSeed> what;
    friend bool operator==(const Pick&, const Pick&) = default;
};

using Schedule = std::vector<Pick>;

/// The message says what is wrong and what to write instead.
struct ScheduleError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws ScheduleError.
Schedule parse_schedule(std::string_view text);
std::string to_text(const Pick& pick);
std::string to_text(const Schedule& schedule);

}  // namespace co::lessons
