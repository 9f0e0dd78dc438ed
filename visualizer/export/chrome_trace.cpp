#include "visualizer/export/chrome_trace.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using Json = nlohmann::ordered_json;
using trace::EventKind;

std::uint32_t process_id(std::uint32_t process) { return process + 1; }

struct Slice {
    std::uint32_t coroutine;
    std::uint32_t from;  // steps; the end is exclusive
    std::uint32_t to;
    std::string name;
    Json args;
    std::optional<std::uint32_t> flow = std::nullopt;  // the arrow that starts or ends here
    bool is_effect = false;
};

/// Collects what one run has to say, then writes it in the order of time.
class Writer {
  public:
    Writer(const Model& model, TraceClock clock) : model_(model), clock_(clock) {}

    std::string write() {
        place_steps();
        add_names();
        find_stays();
        State state = model_.at(0);
        while (state.step < model_.steps()) {
            const EventLine line = model_.next_line(state);
            add_stays(state);
            add_operation(line);
            add_counters(state);
            add_point(state);
        }
        add_arrows();
        add_slices();
        return file();
    }

  private:
    // -- time ------------------------------------------------------------------------------------------

    /// Where each step begins, in ns: strictly rising, so that every slice has a width.
    void place_steps() {
        moments_ = {0};
        for (std::uint32_t step = 1; step <= model_.steps() + 1; ++step) {
            const bool is_end = step > model_.steps();
            const std::int64_t after_previous = moments_.back() + 1;
            const std::int64_t real = is_end ? after_previous : model_.event(step).time;
            const bool by_steps = clock_ == TraceClock::steps;
            moments_.push_back(by_steps ? std::int64_t{step} * 1000 : std::max(real, after_previous));
        }
    }

    double microseconds(std::uint32_t step) const { return static_cast<double>(moments_[step]) / 1000.0; }
    double microseconds_between(std::uint32_t from, std::uint32_t to) const {
        return static_cast<double>(moments_[to] - moments_[from]) / 1000.0;
    }

    // -- names -----------------------------------------------------------------------------------------

    /// Never 0, never a process's id, and no two coroutines have the same.
    std::uint32_t thread_id(std::uint32_t coroutine) const {
        const std::uint32_t first = model_.processes().size() < 1000 ? 1001U : most_processes + 1;
        return first + static_cast<std::uint32_t>(model_.lane_place(coroutine).value_or(0));
    }

    void add_names() {
        const auto& sources = model_.trace().sources;
        const std::string program = sources.empty() ? "program" : sources.front().name;
        const bool alone = !model_.processes().several();
        int order = 0;
        for (const std::uint32_t process : alone ? std::vector<std::uint32_t>{0} : model_.processes().in_order()) {
            const Process& one = model_.processes()[process];
            if (!alone && !one.acts) continue;
            const std::string name = alone ? program : fmt::format("{}, {}", one.title, one.pid_text());
            add_name("process_name", process_id(process), std::nullopt, {{"name", name}});
            add_name("process_sort_index", process_id(process), std::nullopt, {{"sort_index", order++}});
        }
        for (const Lane& lane : model_.lanes()) {
            const std::uint32_t process = process_id(process_of(lane.coroutine));
            add_name("thread_name", process, lane.coroutine, {{"name", fmt::format("{} {}", lane.chip, lane.name)}});
            add_name("thread_sort_index", process, lane.coroutine, {{"sort_index", own_number(lane.coroutine)}});
        }
    }

    void add_name(std::string_view kind, std::uint32_t process, std::optional<std::uint32_t> coroutine, Json args) {
        Json event{{"ph", "M"}, {"name", kind}, {"pid", process}};
        if (coroutine) event["tid"] = thread_id(*coroutine);
        event["args"] = std::move(args);
        events_.push_back(std::move(event));
    }

    // -- states and operations -------------------------------------------------------------------------

    void find_stays() {
        stays_.resize(model_.steps() + 1);
        for (const Lane& lane : model_.lanes()) {
            for (const Stay& stay : lane.stays) stays_[stay.from].emplace_back(lane.coroutine, stay);
        }
    }

    void add_stays(const State& state) {
        for (const auto& [coroutine, stay] : stays_[state.step]) {
            if (stay.activity == Activity::done) continue;
            slices_.push_back({.coroutine = coroutine,
                               .from = stay.from,
                               .to = stay.to,
                               .name = std::string(activity_name(stay.activity)),
                               .args = stay_args(*state.coroutine(coroutine), state)});
        }
    }

    Json stay_args(const CoroutineState& coroutine, const State& state) const {
        Json args{{"step", state.step}};
        if (coroutine.line != 0) args["line"] = coroutine.line;
        if (coroutine.activity == Activity::ready && coroutine.woken_step != 0) {
            args["woken_by"] = coroutine.woken_by == trace::nobody ? "timer" : chip_text(coroutine.woken_by);
        }
        if (coroutine.wait.kind != WaitKind::none) {
            args["waits_in"] = wait_place(model_.trace(), state, coroutine.wait, coroutine.since_time);
        }
        return args;
    }

    void add_operation(const EventLine& line) {
        const trace::Event& event = model_.event(line.step);
        const Lane* lane = model_.lane(event.coroutine);
        if (!lane) return;
        const auto operation = std::ranges::lower_bound(lane->operations, line.step, {}, &Operation::step);
        if (operation == lane->operations.end() || operation->step != line.step) return;
        Json args{{"step", line.step}, {"call", line.call}};
        if (const auto& sources = model_.trace().sources; event.source < sources.size()) {
            args["file"] = sources[event.source].name;
        }
        if (event.line != 0) args["line"] = event.line;
        operation_slices_[line.step] = slices_.size();
        slices_.push_back({.coroutine = event.coroutine,
                           .from = line.step,
                           .to = line.step + 1,
                           .name = std::string(operation->label),
                           .args = std::move(args)});
    }

    // -- arrows ----------------------------------------------------------------------------------------

    void add_arrows() {
        std::uint32_t flow = 0;
        for (const Arrow& arrow : model_.arrows()) {
            ++flow;
            bind(arrow.from, arrow.from_step, flow, false);
            bind(arrow.to, arrow.to_step, flow, true);
        }
    }

    /// A slice holds one end of one arrow; a second one gets a slice of its own, of the same extent.
    void bind(std::uint32_t coroutine, std::uint32_t step, std::uint32_t flow, bool is_effect) {
        const auto operation = operation_slices_.find(step);
        if (operation != operation_slices_.end()) {
            Slice& slice = slices_[operation->second];
            if (slice.coroutine == coroutine && !slice.flow) {
                slice.flow = flow;
                slice.is_effect = is_effect;
                return;
            }
        }
        const std::string name = is_effect ? (is_born(coroutine, step) ? "begins" : "is woken") : "wakes";
        slices_.push_back({.coroutine = coroutine,
                           .from = step,
                           .to = step + 1,
                           .name = name,
                           .args = {{"step", step}},
                           .flow = flow,
                           .is_effect = is_effect});
    }

    bool is_born(std::uint32_t coroutine, std::uint32_t step) const {
        const Lane* lane = model_.lane(coroutine);
        return lane && !lane->stays.empty() && lane->stays.front().from == step;
    }

    // -- counters and points ---------------------------------------------------------------------------

    void add_counters(const State& state) {
        const std::size_t ready = state.ready_in(state.process).size();
        count("ready coroutines", state.process, static_cast<std::int64_t>(ready), state.step);
        for (const ChannelState& channel : state.channels) {
            if (channel.touched_step != state.step) continue;
            count(fmt::format("seats taken: {}, channel {}", model_.text(channel.name), own_number(channel.id)),
                  process_of(channel.id), static_cast<std::int64_t>(channel.seats.size()), state.step);
        }
    }

    void count(const std::string& name, std::uint32_t process, std::int64_t value, std::uint32_t step) {
        const auto [known, is_new] = counters_.try_emplace({process, name}, value);
        if (!is_new && known->second == value) return;
        known->second = value;
        events_.push_back({{"ph", "C"},
                           {"name", name},
                           {"pid", process_id(process)},
                           {"ts", microseconds(step)},
                           {"args", {{"count", value}}}});
    }

    void add_point(const State& state) {
        const trace::Event& event = model_.event(state.step);
        const bool is_point = event.kind == EventKind::print || event.kind == EventKind::failed ||
                              event.kind == EventKind::deadlock || event.kind == EventKind::stopped;
        if (!is_point) return;
        const bool is_loops = event.coroutine == trace::nobody;
        const std::uint32_t coroutine = is_loops ? joined_number(model_.processes().of(event), 0) : event.coroutine;
        const std::string name = event.kind == EventKind::print ? "output" : std::string(trace::name(event.kind));
        events_.push_back({{"ph", "i"},
                           {"s", "t"},
                           {"name", name},
                           {"pid", process_id(model_.processes().of(event))},
                           {"tid", thread_id(coroutine)},
                           {"ts", microseconds(state.step)},
                           {"args", {{"text", model_.text(event.text)}}}});
    }

    // -- the file --------------------------------------------------------------------------------------

    /// By time; of what begins together the longer first, so that it holds the shorter, and a cause before its effect.
    void add_slices() {
        std::ranges::stable_sort(slices_, [](const Slice& a, const Slice& b) {
            if (a.from != b.from) return a.from < b.from;
            if (a.to != b.to) return a.to > b.to;
            return a.is_effect < b.is_effect;
        });
        for (const Slice& slice : slices_) {
            Json event{{"ph", "X"},
                       {"name", slice.name},
                       {"pid", process_id(process_of(slice.coroutine))},
                       {"tid", thread_id(slice.coroutine)},
                       {"ts", microseconds(slice.from)},
                       {"dur", microseconds_between(slice.from, slice.to)}};
            if (slice.flow) {
                event["bind_id"] = fmt::format("{:#x}", *slice.flow);
                event[slice.is_effect ? "flow_in" : "flow_out"] = true;
            }
            event["args"] = slice.args;
            events_.push_back(std::move(event));
        }
    }

    /// A program may print bytes that are no text; they become the replacement character.
    static std::string one_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

    const char* clock_name() const {
        if (clock_ == TraceClock::steps) return "steps";
        return model_.has_wall_clock() ? "wall" : "virtual";
    }

    std::string file() const {
        Json metadata{{"clock", clock_name()}, {"seed", model_.trace().seed}};
        std::string text =
            fmt::format("{{\"displayTimeUnit\":\"ns\",\"metadata\":{},\"traceEvents\":[\n", one_line(metadata));
        for (std::size_t i = 0; i < events_.size(); ++i) {
            text += one_line(events_[i]);
            text += i + 1 < events_.size() ? ",\n" : "\n";
        }
        return text + "]}\n";
    }

    const Model& model_;
    TraceClock clock_;
    std::vector<std::int64_t> moments_;                               // ns, by step; one more than there are steps
    std::vector<std::vector<std::pair<std::uint32_t, Stay>>> stays_;  // by the step where they begin
    std::vector<Slice> slices_;
    std::map<std::uint32_t, std::size_t> operation_slices_;                   // by step
    std::map<std::pair<std::uint32_t, std::string>, std::int64_t> counters_;  // of a process
    std::vector<Json> events_;
};

}  // namespace

std::string chrome_trace(const Model& model, TraceClock clock) { return Writer(model, clock).write(); }

}  // namespace co::studio
