#include <co/aside.h>

#include <co/remote.h>
#include <co/scheduler.h>
#include <co/wait_queue.h>

namespace co {

using trace::EventKind;

namespace {

/// The loop's part: whoever still waits is ready.
void arrive(WaitQueue& waiting, std::string_view what) {
    WaitNode* waiter = waiting.front();
    if (!waiter) return;  // it gave up
    Scheduler& scheduler = Scheduler::current();
    scheduler.record(EventKind::aside_done, {.other = id_of(*waiter->coroutine), .text = what});
    scheduler.wake(*waiter->coroutine, WaitStatus::ok);
}

}  // namespace

Result<void> call_aside(ThreadBody work, Deadline deadline, std::string what) {
    Scheduler& scheduler = Scheduler::current();
    WaitNode waiter(scheduler.running());
    std::optional<TimePoint> expiry = scheduler.wait_until(deadline);
    if (!expiry) return std::errc::timed_out;
    auto waiting = std::make_shared<WaitQueue>();  // the helper only keeps it alive; the scheduler's thread uses it
    waiting->push_back(waiter);
    auto job = [work = std::move(work), waiting, home = Remote(), what](Kernel& own) {
        work(own);
        home.post_to_loop([waiting, what] { arrive(*waiting, what); });
    };
    if (auto taken = scheduler.kernel().call_aside(std::move(job)); !taken) return taken;
    scheduler.record(EventKind::aside_wait, {.value = event_time(*expiry), .text = what});
    WaitStatus status = scheduler.park({.kind = WaitKind::aside, .name = what}, *expiry, &waiter);
    if (status == WaitStatus::timeout) return std::errc::timed_out;
    if (status == WaitStatus::cancelled) return std::errc::operation_canceled;
    return {};
}

}  // namespace co
