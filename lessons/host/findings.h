// Findings: what went wrong in a run, as sentences that name the place and the remedy.
#pragma once

#include <string>
#include <vector>

#include <co/scheduler.h>

#include "lessons/host/host.h"
#include "lessons/host/message.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

Finding syntax_finding(const Script& script, const Message& message);

/// Everything that the run's report and the host's limits have to say.
std::vector<Finding> findings_of(const RunReport& report, const Host& host, const Limits& limits);

/// An error that ended a function of the script in another process than the program's first, in the running coroutine.
Finding error_finding(const ScriptError& error, const Host& host, const std::string& process);
/// Everything else about the run of such a process.
std::vector<Finding> findings_of_process(const RunReport& report, const Host& host, const std::string& process);

}  // namespace co::lessons
