#include "visualizer/export/live_trace.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "visualizer/model/labels.h"
#include "visualizer/model/lanes.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using Json = nlohmann::ordered_json;
using trace::Event;
using trace::EventKind;

constexpr std::uint32_t the_process = 1;
constexpr std::int64_t least_width = 1;  // ns: a thousandth of the format's unit

std::uint32_t thread_id(std::uint32_t coroutine) { return the_process * 1000 + 1 + coroutine; }

double microseconds(std::int64_t ns) { return static_cast<double>(ns) / 1000.0; }

}  // namespace

LiveTrace::LiveTrace(std::string program, std::function<void(std::string_view)> write) : write_(std::move(write)) {
    line({{"ph", "M"}, {"name", "process_name"}, {"pid", the_process}, {"args", {{"name", std::move(program)}}}});
}

LiveTrace::~LiveTrace() {
    tell_step();
    for (std::uint32_t id = 0; id < stays_.size(); ++id) end_stay(id, now_ + least_width);
    write_("\n]\n");
}

std::uint32_t LiveTrace::text(std::string_view text) { return texts_.text(text); }

void LiveTrace::record(const Event& event) {
    if (event.process != 0) return;
    if (trace::is_step(event.kind)) {
        tell_step();
        if (now_ < 0) first_ = event.time;
        now_ = std::max(event.time - first_, now_ + least_width);
    }
    if (!trace::is_line(event.kind)) step_.push_back(event);
    state_.apply(event);
}

/// A step is told once its details are known, which follow it.
void LiveTrace::tell_step() {
    if (step_.empty() || !trace::is_step(step_.front().kind)) return step_.clear();
    tell_states();
    tell_operation(step_.front());
    tell_arrows();
    tell_counters();
    step_.clear();
}

void LiveTrace::tell_states() {
    for (const Event& part : step_) {
        note(part.coroutine);
        switch (part.kind) {
            case EventKind::go:
            case EventKind::resume:
            case EventKind::ready:
            case EventKind::back:
                note(part.object);
                break;
            case EventKind::push:
            case EventKind::pop:
                note(part.other);
                break;
            default:
                break;
        }
    }
}

void LiveTrace::note(std::uint32_t id) {
    const CoroutineState* coroutine = state_.coroutine(id);
    if (!coroutine || coroutine->activity == Activity::unborn) return;
    if (id >= stays_.size()) stays_.resize(id + 1);
    Stay& stay = stays_[id];
    if (stay.activity == coroutine->activity) return;
    if (stay.activity == Activity::unborn) {
        const std::string name = function_of(texts_.trace().texts[coroutine->name]);
        line({{"ph", "M"},
              {"name", "thread_name"},
              {"pid", the_process},
              {"tid", thread_id(id)},
              {"args", {{"name", fmt::format("{} {}", chip_text(id), name)}}}});
    }
    end_stay(id, now_);
    stay = {coroutine->activity, now_, coroutine->line, {}};
    if (coroutine->wait.kind != WaitKind::none) {
        stay.waits_in = wait_place(texts_.trace(), state_, coroutine->wait, coroutine->since_time);
    }
}

void LiveTrace::end_stay(std::uint32_t id, std::int64_t at) {
    const Stay& stay = stays_[id];
    if (stay.activity == Activity::unborn || stay.activity == Activity::done) return;
    Json args = Json::object();
    if (stay.line != 0) args["line"] = stay.line;
    if (!stay.waits_in.empty()) args["waits_in"] = stay.waits_in;
    slice(id, activity_name(stay.activity), stay.since, at, {{"args", std::move(args)}});
}

void LiveTrace::tell_operation(const Event& event) {
    if (!state_.coroutine(event.coroutine)) return;
    Json args{{"step", state_.step}};
    if (event.line != 0) args["line"] = event.line;
    if (event.text != 0) args["text"] = texts_.trace().texts[event.text];
    slice(event.coroutine, operation_label(event, state_), now_, now_ + least_width, {{"args", std::move(args)}});
    if (event.kind != EventKind::print) return;
    line({{"ph", "i"},
          {"s", "t"},
          {"name", "output"},
          {"pid", the_process},
          {"tid", thread_id(event.coroutine)},
          {"ts", microseconds(now_)},
          {"args", {{"text", texts_.trace().texts[event.text]}}}});
}

void LiveTrace::tell_arrows() {
    for (const Event& part : step_) {
        const bool points =
            part.kind == EventKind::ready || part.kind == EventKind::go || part.kind == EventKind::resume;
        if (points && part.coroutine != part.object) point(part.coroutine, part.object);
    }
}

void LiveTrace::point(std::uint32_t from, std::uint32_t to) {
    if (!state_.coroutine(from) || !state_.coroutine(to)) return;
    const std::string id = fmt::format("{:#x}", ++arrows_);
    slice(from, "wakes", now_, now_ + least_width, {{"bind_id", id}, {"flow_out", true}});
    slice(to, "is woken", now_, now_ + least_width, {{"bind_id", id}, {"flow_in", true}});
}

void LiveTrace::tell_counters() {
    const auto count = [this](const std::string& name, std::int64_t value) {
        const auto [known, is_new] = counters_.try_emplace(name, value);
        if (!is_new && std::exchange(known->second, value) == value) return;
        line({{"ph", "C"},
              {"name", name},
              {"pid", the_process},
              {"ts", microseconds(now_)},
              {"args", {{"count", value}}}});
    };
    count("ready coroutines", static_cast<std::int64_t>(state_.ready.size()));
    for (const ChannelState& channel : state_.channels) {
        if (channel.touched_step != state_.step) continue;
        count(fmt::format("seats taken: {}, channel {}", texts_.trace().texts[channel.name], channel.id),
              static_cast<std::int64_t>(channel.seats.size()));
    }
}

void LiveTrace::slice(std::uint32_t coroutine, std::string_view name, std::int64_t from, std::int64_t to,
                      const Json& more) {
    Json event{{"ph", "X"},
               {"name", name},
               {"pid", the_process},
               {"tid", thread_id(coroutine)},
               {"ts", microseconds(from)},
               {"dur", microseconds(to - from)}};
    event.update(more);
    line(event);
}

/// The comma stands before the next line, so that a file that ends here has none too many.
void LiveTrace::line(const Json& event) {
    const std::string text = event.dump(-1, ' ', false, Json::error_handler_t::replace);
    write_((std::exchange(is_empty_, false) ? "[\n" : ",\n") + text);
}

}  // namespace co::studio
