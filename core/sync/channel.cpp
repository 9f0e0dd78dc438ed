#include <co/channel.h>

#include <algorithm>

namespace co {

using trace::EventKind;

std::string_view name(ChannelStatus status) {
    switch (status) {
        case ChannelStatus::ok:
            return "ok";
        case ChannelStatus::timeout:
            return "timeout";
        case ChannelStatus::closed:
            return "closed";
        case ChannelStatus::cancelled:
            return "cancelled";
    }
    return "unknown";
}

ChannelBase::ChannelBase(std::size_t capacity, std::string name)
    : scheduler_(Scheduler::current()),
      name_(std::move(name)),
      capacity_(std::max<std::size_t>(capacity, 1)),
      number_(scheduler_.next_channel_id()) {
    scheduler_.record(EventKind::channel,
                      {.object = number_, .value = static_cast<std::int64_t>(capacity_), .text = name_});
}

void ChannelBase::close() {
    if (std::exchange(is_closed_, true)) return;
    scheduler_.record(EventKind::close, {.object = number_});
    wake_all();
}

void ChannelBase::wake_all() {
    for (WaitQueue* queue : {&producers_, &consumers_})
        while (WaitNode* waiter = queue->front()) wake(static_cast<Waiter&>(*waiter), ChannelStatus::closed);
}

ChannelStatus ChannelBase::refuse(EventKind kind, ChannelStatus why) const {
    scheduler_.record(kind, {.object = number_, .text = co::name(why)});
    return why;
}

}  // namespace co
