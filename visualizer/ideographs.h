// Ideographs: which Chinese characters a session shows, for the fonts to have them ready.
//
//     const Fonts fonts(faces, 1, ideographs_of(session));
#pragma once

#include <set>

#include "visualizer/session.h"

namespace co::studio {

/// Of the lesson, the program and all that it has told.
std::set<char32_t> ideographs_of(const Session& session);

}  // namespace co::studio
