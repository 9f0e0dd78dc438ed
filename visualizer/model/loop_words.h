// Loop words: what the studio says of event loops and of the descriptors that they watch.
//
//     what_it_is(model, state, loop, descriptor)     // "connection, phone"
//     why_it_woke(model, descriptor)                 // "step 65: 4 bytes"
//
// Here are no pictures: layout/reactor_view.cpp sets these words.
#pragma once

#include <string>

#include "visualizer/model/model.h"

namespace co::studio {

/// "reactor 1", "manager", "client"; the first process is "main" until it plays a part.
std::string loop_name(const Model& model, const Loop& loop);
/// "listens at 0.0.0.0:9501", "connection, phone", "mailbox".
std::string what_it_is(const Model& model, const State& state, const Loop& loop, const Descriptor& descriptor);
/// "read", "write", "read, write"; "–" for nothing.
std::string watch_text(std::uint8_t watch);
/// "step 65: 4 bytes"; "not yet" when it never woke anybody.
std::string why_it_woke(const Model& model, const Descriptor& descriptor);
/// Until when the loop waits, or would wait if nobody were ready, and what of its timer heap says so.
std::string timeout_text(const Model& model, const State& state, const Loop& loop);

/// The soonest of the loop's deadlines; null: its timer heap is empty.
const HeapEntry* heap_top(const State& state, const Loop& loop);
/// Who stands in the loop's ready queue, the next first.
std::vector<std::uint32_t> ready_of(const State& state, const Loop& loop);
/// Who runs there; nobody: the loop itself, or the kernel has its thread.
std::uint32_t running_in(const State& state, const Loop& loop);

/// "phone" for "10.0.0.2:32768" where the simulated machine has such a computer, else the address.
std::string computer_at(const trace::Trace& trace, std::string_view address);

}  // namespace co::studio
