// What keys do to a program that is being edited.
//
//     press(buffer, {KeyCode::enter})      // a new line, as far in as the one before it
#pragma once

#include <optional>
#include <string>

#include "visualizer/model/text_buffer.h"
#include "visualizer/platform/input.h"

namespace co::studio {

/// False: the key is none of the editor's.
bool press(TextBuffer& buffer, const KeyPressed& key);

/// What Ctrl+C and Ctrl+X put on the clipboard; the latter takes it out. Nothing: it is another key, or nothing is
/// selected.
std::optional<std::string> copied_by(TextBuffer& buffer, const KeyPressed& key);

}  // namespace co::studio
