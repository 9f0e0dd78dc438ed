#include <co/wait_group.h>

#include <stdexcept>
#include <utility>

namespace co {

using trace::EventKind;

WaitGroup::WaitGroup(std::string name)
    : scheduler_(Scheduler::current()), name_(std::move(name)), number_(scheduler_.next_group_id()) {
    scheduler_.record(EventKind::group, {.object = number_, .text = name_});
}

void WaitGroup::add(std::int64_t count) {
    if (!waiters_.is_empty()) throw std::logic_error("WaitGroup::add() was called while somebody waits: add first");
    if (count_ + count < 0) throw std::logic_error("WaitGroup: the count would be negative");
    count_ += count;
    scheduler_.record(EventKind::group_add, {.object = number_, .value = count_});
}

void WaitGroup::done() {
    if (count_ == 0) throw std::logic_error("WaitGroup::done() was called more often than add() said");
    --count_;
    scheduler_.record(EventKind::group_done, {.object = number_, .value = count_});
    if (count_ > 0) return;
    while (WaitNode* waiter = waiters_.front()) scheduler_.wake(*waiter->coroutine, WaitStatus::ok);
}

WaitStatus WaitGroup::wait(Deadline deadline) {
    WaitNode waiter(scheduler_.running());
    std::optional<TimePoint> expiry = scheduler_.wait_until(deadline);
    bool is_late = count_ > 0 && !expiry;
    if (count_ == 0 || is_late) {
        scheduler_.record(EventKind::group_pass, {.object = number_, .text = is_late ? "timeout" : ""});
        return is_late ? WaitStatus::timeout : WaitStatus::ok;
    }
    scheduler_.record(EventKind::group_wait,
                      {.object = number_, .other = static_cast<std::uint32_t>(count_), .value = event_time(*expiry)});
    waiters_.push_back(waiter);
    return scheduler_.park({.kind = WaitKind::group, .object = number_, .name = name_}, *expiry, &waiter);
}

CoroutineId WaitGroup::go(Callable body, SourcePlace where) {
    add();
    return scheduler_.go(
        [this, body = std::move(body)]() mutable {
            scheduler_.defer([this] { done(); });
            body();
        },
        {}, where);
}

}  // namespace co
