#include "tests/visualizer/lesson12_trace.h"

#include <string_view>

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

constexpr std::string_view program = R"lua(local results = chan(2)

local function producer(name)
  co.sleep(0.12)
  results:push(name)
  print(name .. " pushed")
  co.sleep(0.05)
end

local function consumer()
  local t = timer.after(400, print, "late")
  defer(function() timer.clear(t) end)
  for i = 1, 2 do
    local drink = results:pop()
    print("got " .. drink)
  end
end

go(producer, "tea")
go(producer, "milk")
go(consumer)
print("main waits")
co.sleep(0.30)
print("main ends")
)lua";

constexpr std::uint32_t results = 1;
constexpr std::uint32_t timer_t = 1;

constexpr std::int64_t milliseconds(std::int64_t count) { return count * 1'000'000; }

/// Writes events as a scheduler would: it knows the clock, who runs, and each coroutine's line.
class Script {
  public:
    Script() { recorder_.source("main.lua", std::string(program)); }

    void clock(std::int64_t ns) { now_ = ns; }
    void runs(std::uint32_t coroutine) { running_ = coroutine; }

    void lines(std::initializer_list<std::uint32_t> numbers) {
        for (std::uint32_t number : numbers) {
            line_[running_] = number;
            add({.coroutine = running_, .kind = EventKind::line});
        }
    }

    /// A step of the running coroutine.
    void step(EventKind kind, Event event = {}, std::string_view text = "") {
        event.coroutine = running_;
        event.kind = kind;
        event.text = recorder_.text(text);
        add(event);
    }

    /// A step of the event loop that concerns `coroutine`.
    void loop_step(EventKind kind, std::uint32_t coroutine) { add({.coroutine = coroutine, .kind = kind}); }

    void go(std::uint32_t child, std::string_view call) {
        step(EventKind::go, {.object = child}, call);
        running_ = child;
    }

    void back_to(std::uint32_t parent) {
        const std::uint32_t child = running_;
        running_ = parent;
        add({.coroutine = parent, .object = child, .kind = EventKind::back});
    }

    void sleep(std::int64_t ns) { step(EventKind::sleep, {.value = now_ + ns}); }
    void print(std::string_view line) { step(EventKind::print, {}, line); }

    void run(std::uint32_t coroutine) {
        running_ = coroutine;
        loop_step(EventKind::run, coroutine);
    }

    trace::Trace take() { return recorder_.take(); }

  private:
    void add(Event event) {
        event.time = now_;
        if (event.coroutine < 4) event.line = line_[event.coroutine];
        recorder_.record(event);
    }

    trace::Recorder recorder_;
    std::int64_t now_ = 0;
    std::uint32_t running_ = 0;
    std::uint32_t line_[4] = {};
};

/// Steps 1 to 12, at 0 ms: main starts everybody, then sleeps.
void start_everybody(Script& script) {
    script.step(EventKind::start, {}, "main.lua");
    script.lines({1});
    script.step(EventKind::channel, {.value = 2, .object = results}, "results");
    script.lines({8, 17, 19});
    script.go(1, "producer(\"tea\")");
    script.lines({4});
    script.sleep(milliseconds(120));
    script.back_to(0);
    script.lines({20});
    script.go(2, "producer(\"milk\")");
    script.lines({4});
    script.sleep(milliseconds(120));
    script.back_to(0);
    script.lines({21});
    script.go(3, "consumer()");
    script.lines({11});
    script.step(EventKind::timer_after, {.value = milliseconds(400), .object = timer_t}, "t");
    script.lines({12});
    script.step(EventKind::defer);
    script.lines({13, 14});
    script.step(EventKind::pop_wait, {.value = trace::forever_ns, .object = results});
    script.back_to(0);
    script.lines({22});
    script.print("main waits");
    script.lines({23});
    script.sleep(milliseconds(300));
}

/// Steps 13 to 22, at 120 ms: both producers wake and push.
void producers_push(Script& script) {
    script.clock(milliseconds(120));
    script.loop_step(EventKind::due, 1);
    script.loop_step(EventKind::due, 2);
    script.run(1);
    script.lines({5});
    script.step(EventKind::push, {.object = results, .other = 3}, "\"tea\"");
    script.step(EventKind::ready, {.object = 3});
    script.lines({6});
    script.print("tea pushed");
    script.lines({7});
    script.sleep(milliseconds(50));
    script.run(2);
    script.lines({5});
    script.step(EventKind::push, {.object = results}, "\"milk\"");
    script.lines({6});
    script.print("milk pushed");
    script.lines({7});
    script.sleep(milliseconds(50));
}

/// Steps 23 to 29, still at 120 ms: the consumer takes both values and ends.
void consumer_drinks(Script& script) {
    script.run(3);
    script.lines({15});
    script.print("got tea");
    script.lines({13, 14});
    script.step(EventKind::pop, {.object = results}, "\"milk\"");
    script.lines({15});
    script.print("got milk");
    script.lines({13, 17});
    script.step(EventKind::deferred);
    script.lines({12});
    script.step(EventKind::timer_clear, {.value = 1, .object = timer_t});
    script.step(EventKind::done);
}

/// Steps 30 to 39: the producers end at 170 ms, main at 300 ms.
void everybody_ends(Script& script) {
    script.clock(milliseconds(170));
    script.loop_step(EventKind::due, 1);
    script.loop_step(EventKind::due, 2);
    for (std::uint32_t producer : {1u, 2u}) {
        script.run(producer);
        script.lines({8});
        script.step(EventKind::done);
    }
    script.clock(milliseconds(300));
    script.loop_step(EventKind::due, 0);
    script.run(0);
    script.lines({24});
    script.print("main ends");
    script.step(EventKind::done);
}

}  // namespace

trace::Trace lesson12_trace() {
    Script script;
    start_everybody(script);
    producers_push(script);
    consumer_drinks(script);
    everybody_ends(script);
    return script.take();
}

}  // namespace co::studio
