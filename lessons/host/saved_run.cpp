#include "lessons/host/saved_run.h"

#include <algorithm>

#include <co/bytes.h>

namespace co::lessons {
namespace {

using co::trace::ByteReader;
using co::trace::ByteWriter;
using co::trace::Event;
using co::trace::EventKind;

constexpr std::string_view title = "costudio run 1\n";
constexpr std::size_t least_finding_bytes = 1 + 4 * 8 + 2 * 4;

void write(ByteWriter& out, const Finding& finding) {
    out.number(static_cast<std::uint8_t>(finding.kind));
    out.text(finding.file);
    out.number(finding.line);
    out.number(finding.script_line);
    out.text(finding.what);
    out.text(finding.remedy);
    out.text(finding.details);
}

Finding read_finding(ByteReader& in) {
    const auto kind = in.number<std::uint8_t>();
    if (kind > static_cast<std::uint8_t>(FindingKind::schedule)) in.fail("it has a finding of no kind");
    Finding finding{.kind = static_cast<FindingKind>(kind), .file = {}, .what = {}, .remedy = {}, .details = {}};
    finding.file = in.text();
    finding.line = in.number<std::uint32_t>();
    finding.script_line = in.number<std::uint32_t>();
    finding.what = in.text();
    finding.remedy = in.text();
    finding.details = in.text();
    return finding;
}

bool names_coroutine(EventKind kind) {
    return kind == EventKind::go || kind == EventKind::resume || kind == EventKind::ready || kind == EventKind::back ||
           kind == EventKind::cancel;
}

/// Whoever shows a trace keeps something for each coroutine up to the highest number, so one that counts further than
/// its events could have is refused.
void check_coroutines(const co::trace::Trace& trace, const ByteReader& in) {
    const auto can_be = [&](std::uint32_t id) { return id == co::trace::nobody || id <= trace.events.size(); };
    const bool all = std::all_of(trace.events.begin(), trace.events.end(), [&](const Event& event) {
        const bool hands = event.kind == EventKind::push || event.kind == EventKind::pop;
        return can_be(event.coroutine) && (!names_coroutine(event.kind) || can_be(event.object)) &&
               (!hands || can_be(event.other));
    });
    if (!all) in.fail("it tells of more coroutines than it starts");
}

Schedule read_schedule(ByteReader& in) {
    try {
        return parse_schedule(in.text());
    } catch (const ScheduleError& error) {
        in.fail(error.what());
    }
}

RunResult read(ByteReader in) {
    if (!in.takes(title)) in.fail("it does not begin like one");
    RunResult run;
    run.trace = co::trace::from_bytes(in.text());
    check_coroutines(run.trace, in);
    run.output = in.text();
    for (auto left = in.count(least_finding_bytes); left > 0; --left) run.findings.push_back(read_finding(in));
    if (!in.is_at_end()) run.schedule = read_schedule(in);  // older runs have none
    in.end();
    return run;
}

}  // namespace

std::string save_run(const RunResult& run) {
    ByteWriter out;
    out.raw(title);
    out.text(co::trace::to_bytes(run.trace));
    out.text(run.output);
    out.number(static_cast<std::uint64_t>(run.findings.size()));
    for (const Finding& finding : run.findings) write(out, finding);
    if (!run.schedule.empty()) out.text(to_text(run.schedule));
    return out.take();
}

RunResult read_saved_run(std::string_view bytes) try {
    return read(ByteReader(bytes));
} catch (const co::trace::BrokenBytes& error) {
    throw SavedRunError(std::string("This is no saved run that can be read: ") + error.what() +
                        ". Open one that costudio has written.");
}

}  // namespace co::lessons
