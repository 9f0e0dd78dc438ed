// A fence's info string: what the fence is for, and its attributes.
//
//     ```lua run                                  the program
//     ```lua world                                the other machines, and who is on them
//     ```expect                                   its exact output
//     ```expect error="spilled"                   the same, and the one uncaught error that it ends with says this
//     ```cpp                                      the same program against the C++ API
//     ```predict                                  a question asked before the first run
//     ```checkpoint at="push results"             a pause with a sentence
//     ```try goal="print 'tea'" hint="…"          an exercise: edit the program until the goal is met
//     ```lua solution                             a program that meets the goal of the exercise before it
//     ```break invariant="print 'tea'"            a challenge: choose who runs next until the invariant is broken
//     ```lua, ```text or ``` alone                shown in the prose, not run
//
// In a translation (translation.h) a fence with words also has of="…". Attributes are name="value" or name='value'; the
// other kind of quote may stand inside.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "lessons/format/place.h"

namespace co::lessons {

enum class FenceRole : std::uint8_t {
    shown,
    program,
    world,
    expect,
    cpp,
    predict,
    checkpoint,
    attempt,
    solution,
    challenge
};

struct FenceInfo {
    FenceRole role = FenceRole::shown;
    std::map<std::string, std::string> attributes;
};

/// Throws LessonError at `place`, the line of the info string: an unknown word or attribute, a quote left open.
FenceInfo parse_fence_info(std::string_view info, const Place& place);

}  // namespace co::lessons
