// Remedies: what is missing for a wait that never ends, and what to do about it.
//
//     who_is_missing(WaitKind::pop)    // "nobody is left to push"
//     remedy_for(WaitKind::pop)        // "Push one value for every pop, …"
#pragma once

#include <string>

#include "visualizer/model/state.h"

namespace co::studio {

std::string who_is_missing(WaitKind kind);
/// One sentence.
std::string remedy_for(WaitKind kind);
/// Who has the mutex or Lock that is waited for; nobody: nobody, or it is another wait.
std::uint32_t holder_of(const State& state, const Wait& wait);
/// ", which co#1 holds": of a mutex or a Lock, whose owner may have ended without unlocking it; else empty.
std::string who_holds_it(const State& state, const Wait& wait);

}  // namespace co::studio
