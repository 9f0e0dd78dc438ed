// Schedule: who runs next, where chance starts, and what goes wrong, chosen by hand at moments of a run; elsewhere the
// run goes its usual way. As text it survives in a link, in a lesson and on the command line.
//
//     co::lessons::Schedule schedule = co::lessons::parse_schedule("14:3 22:main 30:seed7 41:drop");
//     co::lessons::to_text(schedule)      // "14:3,22:0,30:seed7,41:drop"
//
// 14:3        step 14 is the event loop running coroutine 3 (also written co#3; main is 0)
// 30:seed7    from step 30 on chance starts afresh from seed 7
// 41:drop     what step 41 sends to another computer is lost (TCP sends it again)
// 41:delay50  it takes 50 ms longer
// 52:kill6    after step 51 process 6 is killed, by its number in the trace
// 52:cut1_2   after step 51 nothing gets from computer 1 to 2 or back
// 60:heal1_2  after step 59 it does again
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

/// What the step sends over the network is lost.
struct Drop {
    friend bool operator==(const Drop&, const Drop&) = default;
};
struct Delay {
    std::uint32_t milliseconds = 0;
    friend bool operator==(const Delay&, const Delay&) = default;
};
struct Kill {
    std::uint32_t process = 0;
    friend bool operator==(const Kill&, const Kill&) = default;
};
/// The way between two computers, by their numbers.
struct Cut {
    std::uint32_t from = 0, to = 0;
    friend bool operator==(const Cut&, const Cut&) = default;
};
struct Heal {
    std::uint32_t from = 0, to = 0;
    friend bool operator==(const Heal&, const Heal&) = default;
};
using Decision = std::variant<RunsNext, NewSeed, Drop, Delay, Kill, Cut, Heal>;

struct Pick {
    std::uint32_t step = 0;  // the one that it decides; from 1
    Decision what;
    friend bool operator==(const Pick&, const Pick&) = default;
};

using Schedule = std::vector<Pick>;

/// The message says what is wrong and what to write instead.
struct ScheduleError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws ScheduleError.
Schedule parse_schedule(std::string_view text);
std::string to_text(const Decision& what);
std::string to_text(const Pick& pick);
std::string to_text(const Schedule& schedule);

}  // namespace co::lessons
