// lesson12_trace(): the history of lesson 12 ("go + chan + defer") as the runtime records it, written by hand.
//
//     Model model(lesson12_trace());
//     model.sentence(20)      // `push("milk"): no consumer waits, so it takes seat 1`
//
// The views are tested against this one known history, so that their tests need neither scheduler nor Lua.
#pragma once

#include <co/trace.h>

namespace co::studio {

/// Channel 1 is "results", timer 1 is "t"; coroutines: main 0, producer("tea") 1, producer("milk") 2, consumer() 3.
trace::Trace lesson12_trace();

}  // namespace co::studio
