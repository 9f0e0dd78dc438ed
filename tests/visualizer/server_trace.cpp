#include "tests/visualizer/server_trace.h"

#include "tests/visualizer/trace_writer.h"

namespace co::studio {
namespace {

using trace::EventKind;
using trace::forever_ns;
using trace::nobody;

constexpr std::uint32_t role(std::uint32_t kind, std::uint32_t index = 0) { return kind << 16 | index; }
constexpr std::uint32_t master = role(0), manager = role(1), reactor = role(2), worker = role(3), task = role(4);

class ServerWriter {
  public:
    ServerWriter& by(std::uint32_t process, std::uint32_t coroutine = nobody) {
        process_ = process;
        coroutine_ = coroutine;
        return *this;
    }

    ServerWriter& at_ms(std::int64_t time) {
        writer_.at_ms(time);
        return *this;
    }

    ServerWriter& add(EventKind kind, trace::Event event = {}, std::string_view text = "") {
        event.process = process_;
        event.coroutine = coroutine_;
        writer_.add(kind, event, text);
        return *this;
    }

    /// A process, or thread, comes into being; it plays a part and waits at a descriptor.
    void begin(std::uint32_t number, std::uint32_t part, std::string_view name) {
        by(number, 0).add(EventKind::start, {}, "main.lua");
        if (part != nobody) add(EventKind::role, {.object = part}, name);
        add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
    }

    void wake(std::uint32_t number) {
        by(number).add(EventKind::fd_ready, {.object = 3, .other = 0}, "read");
        by(number, nobody).add(EventKind::ready, {.object = 0});
        by(number, 0).add(EventKind::run);
    }

    trace::Trace take() { return writer_.take(); }

  private:
    TraceWriter writer_;
    std::uint32_t process_ = 0, coroutine_ = nobody;
};

void start_all(ServerWriter& writer) {
    writer.by(0).add(EventKind::host, {.object = 1}, "app").add(EventKind::host, {.object = 2}, "client");
    writer.add(EventKind::process_start, {.object = client_number, .other = 2}, "client");
    writer.by(0, 0).add(EventKind::start, {}, "main.lua").add(EventKind::role, {.object = master}, "master");
    writer.by(0).add(EventKind::process_start, {.object = manager_number, .other = 1}, "manager");
    writer.add(EventKind::process_start, {.value = 1, .object = reactor_number, .other = 1}, "reactor#0");
    writer.by(manager_number).add(EventKind::process_start, {.object = worker_number, .other = 1}, "worker#0");
    writer.add(EventKind::process_start, {.object = task_worker_number, .other = 1}, "task#0");
    writer.by(0, 0).add(EventKind::yield);
    writer.begin(manager_number, manager, "manager");
    writer.begin(reactor_number, reactor, "reactor 0");
    writer.begin(worker_number, worker, "worker 0");
    writer.begin(task_worker_number, task, "task worker 0");
    writer.begin(client_number, nobody, "");
}

/// The packet "tea" on its way to the task worker.
void ask(ServerWriter& writer) {
    writer.wake(reactor_number);
    writer.by(reactor_number, 0)
        .add(EventKind::session_open, {.object = 1}, "10.0.0.2:32768")
        .add(EventKind::framed, {.value = 4, .object = 1, .other = 1}, "tea")
        .add(EventKind::dispatched, {.value = 0, .object = 1, .other = 1})
        .add(EventKind::message_sent, {.value = 4, .object = worker, .other = 1}, "packet tea")
        .add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
    writer.wake(worker_number);
    writer.by(worker_number, 0)
        .add(EventKind::message_taken, {.value = 4, .object = reactor, .other = 1}, "packet tea");
    writer.add(EventKind::go, {.object = 1}, "receive");
    writer.by(worker_number, 1)
        .add(EventKind::event, {.object = 1, .other = 1}, "receive")
        .add(EventKind::task, {.object = 1}, "tea")
        .add(EventKind::message_sent, {.value = 4, .object = task, .other = 1}, "task tea")
        .add(EventKind::task_wait, {.value = forever_ns, .object = 1});
    writer.by(worker_number, 0).add(EventKind::back, {.object = 1});
    writer.add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
}

void look_up(ServerWriter& writer) {
    writer.wake(task_worker_number);
    writer.by(task_worker_number, 0)
        .add(EventKind::message_taken, {.value = 4, .object = worker, .other = 1}, "task tea")
        .add(EventKind::task_begin, {.object = 1}, "tea")
        .add(EventKind::block, {.value = 40'000'000}, "sleep");
    writer.by(manager_number, 0).add(EventKind::fd_wait, {.value = forever_ns, .object = 5}, "read");
    writer.at_ms(50);
    writer.by(task_worker_number, 0)
        .add(EventKind::task_finish, {.object = 1}, "3")
        .add(EventKind::message_sent, {.value = 1, .object = worker, .other = 1}, "finish 3")
        .add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
}

void answer(ServerWriter& writer) {
    writer.wake(worker_number);
    writer.by(worker_number, 0).add(EventKind::message_taken, {.value = 1, .object = task, .other = 1}, "finish 3");
    writer.add(EventKind::ready, {.object = 1});
    writer.add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
    writer.by(worker_number, 1)
        .add(EventKind::run)
        .add(EventKind::message_sent, {.value = 1, .object = reactor, .other = 1}, "send 3")
        .add(EventKind::event_done, {.object = 1, .other = 1})
        .add(EventKind::done);
    writer.wake(reactor_number);
    writer.by(reactor_number, 0)
        .add(EventKind::message_taken, {.value = 1, .object = worker, .other = 1}, "send 3")
        .add(EventKind::write, {.value = 2, .object = 9}, "3")
        .add(EventKind::fd_wait, {.value = forever_ns, .object = 3}, "read");
}

void replace(ServerWriter& writer) {
    writer.at_ms(60);
    writer.by(manager_number).add(EventKind::signal_sent, {.value = 9, .object = worker_number});
    writer.by(worker_number).add(EventKind::process_end, {.value = 137, .object = worker_number});
    writer.by(manager_number).add(EventKind::process_reaped, {.object = worker_number});
    writer.add(EventKind::worker_ended, {.object = worker}, "killed");
    writer.add(EventKind::process_start, {.object = replacement_number, .other = 1}, "worker#0");
    writer.add(EventKind::worker_start, {.value = replacement_number, .object = worker, .other = 2});
    writer.begin(replacement_number, worker, "worker 0");
    writer.at_ms(70);
    writer.by(client_number, 0).add(EventKind::run).add(EventKind::done);
}

}  // namespace

trace::Trace server_trace() {
    ServerWriter writer;
    start_all(writer);
    writer.at_ms(10);
    ask(writer);
    look_up(writer);
    answer(writer);
    replace(writer);
    return writer.take();
}

}  // namespace co::studio
