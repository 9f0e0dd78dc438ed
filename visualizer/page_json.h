// PageJson: what a page's DOM shows of a session, as JSON texts (docs/web.md says what each holds).
//
//     page.state(session, 20)     // {"step":20,"now":["push(\"milk\")",…],"coroutines":[…],…}
//
// Pure: a test reads what the browser will be told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "visualizer/session.h"

namespace co::studio::page_json {

/// What holds for the whole run: steps, lanes, problems, checkpoints, and how exercises came out.
std::string run(const Session& session);
/// One moment; nothing: the one at the cursor.
std::string state(const Session& session, std::optional<std::uint32_t> step);
/// `count` lines of output from the line with the index `from` on.
std::string output(const Session& session, std::uint32_t from, std::uint32_t count);
/// `count` steps from `from` on.
std::string events(const Session& session, std::uint32_t from, std::uint32_t count);
std::string card(const Session& session, std::uint32_t coroutine);
/// Channels, timers, groups and gates at the cursor.
std::string inspector(const Session& session);
/// What the person chose to look at.
std::string view(const Session& session);
/// The first step after `after` at which the condition holds. Throws lessons::ConditionError.
std::string find(const Session& session, const std::string& condition, std::uint32_t after);
std::string error(const std::string& what);

}  // namespace co::studio::page_json
