// Findings: what went wrong in a run, as sentences that name the place and the remedy.
#pragma once

#include <vector>

#include <co/scheduler.h>

#include "lessons/host/host.h"
#include "lessons/host/message.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

Finding syntax_finding(const Script& script, const Message& message);

/// Everything that the run's report and the host's limits have to say.
std::vector<Finding> findings_of(const RunReport& report, const Host& host, const Limits& limits);

}  // namespace co::lessons
