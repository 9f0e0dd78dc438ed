// bench_studio: what it takes to look at a long run. Runs of 100,000 events and more are opened as the studio opens
// them; then the playhead is put at a thousand places, at each the frame is laid out, and the heap is weighed.
//
// A figure of one place is the least of three, in time of the processor: what other programs take from the machine
// meanwhile is not the studio's, and it waits for nothing. The worst of all places is what the aims are about.
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "lessons/host/simulate.h"
#include "visualizer/frame.h"
#include "visualizer/theme/fonts.h"

namespace {

using namespace co::studio;

constexpr int places = 1000;
constexpr int tries = 3;
constexpr Size window{1280, 800};

// The aims.
constexpr double most_seek = 16;    // ms
constexpr double most_layout = 2;   // ms
constexpr double most_bytes = 100;  // an event

struct Program {
    const char* name;
    const char* text;
};

/// Each leaves more than 100,000 events.
constexpr Program programs[] = {{"a channel, 8 coroutines", R"(
local queue = chan(4)
for _ = 1, 4 do
  go(function()
    for job = 1, 3700 do queue:push(job) co.sleep(0.001) end
  end)
  go(function()
    for _ = 1, 3700 do queue:pop() end
  end)
end)"},
                                {"1,000 lanes", R"(
local group = WaitGroup()
local function lane(n)
  for _ = 1, 33 do co.sleep(0.001 * (n % 7 + 1)) end
  group:done()
end
group:add(1000)
for n = 1, 1000 do go(lane, n) end
group:wait())"},
                                {"9,000 lanes at one channel", R"(
local queue = chan(1)
local function lane()
  while queue:pop() do co.sleep(0.01) end
end
for _ = 1, 9000 do go(lane) end
for job = 1, 9000 do queue:push(job) end
co.sleep(1)
queue:close())"}};

co::lessons::RunResult run(const std::string& text) {
    const co::lessons::Limits limits{.lines = 100'000'000, .coroutines = 20'000, .horizon = {}};
    return co::lessons::simulate({.name = "main.lua", .text = text}, {.limits = limits});
}

/// One program, run once.
class OneProgram final : public Workshop {
  public:
    OneProgram(std::string text, co::lessons::RunResult result) : text_(std::move(text)), result_(std::move(result)) {}

    std::vector<co::lessons::Lesson> course() override { return {}; }
    co::lessons::Lesson open(const std::filesystem::path& file) override {
        return co::lessons::lesson_of_script(file, text_);
    }
    bool is_watched() const override { return false; }
    bool changed() override { return false; }
    co::lessons::RunResult run(const co::lessons::Lesson&, const co::lessons::SimOptions&) override { return result_; }
    std::string write_trace(const Model&, const std::string&) override { return {}; }

  private:
    std::string text_;
    co::lessons::RunResult result_;
};

template <typename Action>
double milliseconds(Action action) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double start = now();
    action();
    return now() - start;
}

std::size_t heap_bytes() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Figures of many places.
struct Figures {
    std::vector<double> all;

    void add(double figure) { all.push_back(figure); }
    double worst() const { return *std::max_element(all.begin(), all.end()); }
    double median() {
        std::nth_element(all.begin(), all.begin() + std::ssize(all) / 2, all.end());
        return all[all.size() / 2];
    }
};

struct Measured {
    std::size_t events = 0;
    std::size_t lanes = 0;
    double opening = 0;  // ms
    double bytes = 0;    // an event
    Figures seek, layout;

    bool is_as_wanted() const {
        return events >= 100'000 && seek.worst() < most_seek && layout.worst() < most_layout && bytes < most_bytes;
    }
};

/// Every tab, both clocks, from single steps to the whole run.
void look_otherwise(View& view, int i) {
    constexpr float zooms[] = {36, 4, 0.01F};
    view.pixels_per_step = zooms[i % 3];
    view.clock = i % 2 == 0 ? Clock::steps : Clock::virtual_time;
    view.bottom_tab = static_cast<BottomTab>(i / 2 % 3);
    constexpr InspectorTab tabs[] = {InspectorTab::channels, InspectorTab::timers, InspectorTab::reactor,
                                     InspectorTab::waits};
    view.inspector_tab = tabs[i / 6 % 3];
}

void measure_places(Session& session, const MeasureText& measure, Measured& measured) {
    std::minstd_rand chance(1);
    std::uniform_int_distribution<std::uint32_t> step(0, session.model().steps());
    for (int i = 0; i < places; ++i) {
        const std::uint32_t there = step(chance);
        look_otherwise(session.view(), i);
        double seek = 1e9, layout = 1e9;
        for (int attempt = 0; attempt < tries; ++attempt) {
            session.seek(there == 0 ? 1 : 0);
            session.state();
            seek = std::min(seek, milliseconds([&] { session.seek(there), session.state(); }));
            layout = std::min(layout, milliseconds([&] { compose(session, {window, measure}); }));
        }
        measured.seek.add(seek + layout);
        measured.layout.add(layout);
    }
}

Measured measure(const Program& program, const MeasureText& text_width) {
    const co::lessons::RunResult result = run(program.text);
    Measured measured;
    measured.events = result.trace.events.size();
    const std::size_t before = heap_bytes();
    std::unique_ptr<Model> model;
    measured.opening = milliseconds([&] { model = std::make_unique<Model>(result.trace); });
    measured.bytes = static_cast<double>(heap_bytes() - before) / static_cast<double>(measured.events);
    measured.lanes = model->lanes().size();
    model.reset();
    Session session({.file = "main.lua"}, {}, std::make_unique<OneProgram>(program.text, result));
    measure_places(session, text_width, measured);
    return measured;
}

bool print(const Program& program, Measured measured) {
    std::printf("%-28s %8zu %7zu %8.0f %7.2f %7.2f %8.2f %7.2f %8.1f   %s\n", program.name, measured.events,
                measured.lanes, measured.opening, measured.seek.median(), measured.seek.worst(),
                measured.layout.median(), measured.layout.worst(), measured.bytes,
                measured.is_as_wanted() ? "met" : "missed");
    return measured.is_as_wanted();
}

}  // namespace

int main() {
    const Fonts fonts(read_fonts(find_font_files(default_font_folders())), 1);
    std::printf("%-28s %8s %7s %8s %15s %16s %8s\n", "", "", "", "open", "seek and show", "layout of a frame", "bytes");
    std::printf("%-28s %8s %7s %8s %7s %7s %8s %7s %8s   aims: seek %.0f ms, layout %.0f ms, %.0f bytes\n", "run",
                "events", "lanes", "ms", "median", "worst", "median", "worst", "an event", most_seek, most_layout,
                most_bytes);
    bool all = true;
    for (const Program& program : programs) all &= print(program, measure(program, fonts.measure()));
    return all ? 0 : 1;
}
