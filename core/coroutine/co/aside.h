// aside: a call that may block, made in a helper thread, so that it holds up nobody here.
//
//     auto size = co::aside([] { return std::uint64_t{42}; });                // a slow library's function
//     auto late = co::aside([] { return std::uint64_t{42}; }, 100ms);         // std::errc::timed_out, if it is
//     if (size && late) fmt::print("{} {}\n", *size, *late);
//
// The coroutine parks; a few helper threads of the kernel work off what they are given, first come first served. What
// the call captures it must own: after a timeout or a cancel it still runs to its end, and its result is dropped.
// On the simulated machine its helper is a simulated thread. Called from inside a coroutine.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include <co/deadline.h>
#include <co/kernel.h>
#include <co/result.h>

namespace co {

/// Parks until a helper thread has done `work`, which must throw nothing. Errors: timed_out, operation_canceled, those
/// of Kernel::call_aside(). `what` is the call for reports and the studio: "read_file(notes.txt)".
Result<void> call_aside(ThreadBody work, Deadline deadline, std::string what);

/// What `call()` returns, or `call(kernel)`, whose kernel is for calls that may block. One that returns a Result keeps
/// its own errors; an exception comes out here.
template <typename Call>
auto aside(Call call, Deadline deadline = forever, std::string what = "aside()") {
    constexpr bool takes_kernel = std::is_invocable_v<Call&, Kernel&>;
    auto make = [call = std::move(call)](Kernel& own) mutable {
        if constexpr (takes_kernel)
            return call(own);
        else
            return call();
    };
    using Value = std::invoke_result_t<decltype(make)&, Kernel&>;
    struct Outcome {
        std::optional<std::conditional_t<std::is_void_v<Value>, bool, Value>> answer;
        std::exception_ptr problem;
    };
    auto outcome = std::make_shared<Outcome>();
    auto work = [outcome, make](Kernel& own) mutable {
        try {
            if constexpr (std::is_void_v<Value>) {
                make(own);
                outcome->answer = true;
            } else {
                outcome->answer.emplace(make(own));
            }
        } catch (const ProcessKilled&) {
            throw;
        } catch (...) {
            outcome->problem = std::current_exception();
        }
    };
    Result<void> done = call_aside(std::move(work), deadline, std::move(what));
    if (done && outcome->problem) std::rethrow_exception(outcome->problem);
    if constexpr (std::is_void_v<Value>)
        return done;
    else if constexpr (std::is_constructible_v<Value, std::error_code>)
        return done ? *std::move(outcome->answer) : Value(done.error());
    else
        return done ? Result<Value>(*std::move(outcome->answer)) : Result<Value>(done.error());
}

}  // namespace co
