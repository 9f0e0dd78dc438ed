#include "native/linux_poll.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "native/linux_error.h"
#include "native/linux_fd.h"

namespace co {
namespace {

constexpr std::size_t most_events = 128;  // of one call; the rest comes with the next
constexpr std::uint64_t mark_of_wake_up = ~std::uint64_t{0};

std::uint32_t events_for(Readiness interest) {
    std::uint32_t events = 0;
    if (interest.read) events |= EPOLLIN;
    if (interest.write) events |= EPOLLOUT;
    return events;
}

/// After an error or a hang-up neither direction waits: the call says what happened.
Readiness readiness_of(std::uint32_t events) {
    const bool is_over = (events & (EPOLLERR | EPOLLHUP)) != 0;
    return {
        .read = is_over || (events & EPOLLIN) != 0, .write = is_over || (events & EPOLLOUT) != 0, .hangup = is_over};
}

timespec to_timespec(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    return {.tv_sec = seconds.count(), .tv_nsec = (duration - seconds).count()};
}

/// epoll_pwait2() knows nanoseconds; where a kernel or a sandbox does not know it, milliseconds have to do.
int wait_for_events(int epoll, std::span<epoll_event> events, const std::optional<Duration>& limit) {
    const timespec left = to_timespec(limit.value_or(Duration::zero()));
    const int count = static_cast<int>(events.size());
    const int found = epoll_pwait2(epoll, events.data(), count, limit ? &left : nullptr, nullptr);
    if (found >= 0 || (errno != ENOSYS && errno != EPERM)) return found;
    int milliseconds = -1;
    if (limit)
        milliseconds = static_cast<int>(std::min<std::chrono::milliseconds::rep>(
            std::chrono::ceil<std::chrono::milliseconds>(*limit).count(), INT_MAX));
    return epoll_wait(epoll, events.data(), count, milliseconds);
}

}  // namespace

LinuxPoll::LinuxPoll() : epoll_(epoll_create1(EPOLL_CLOEXEC)), wake_up_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = mark_of_wake_up}};
    if (epoll_ >= 0 && wake_up_ >= 0 && epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_up_, &event) == 0) return;
    const std::error_code why = last_error();
    if (epoll_ >= 0) ::close(epoll_);
    if (wake_up_ >= 0) ::close(wake_up_);
    throw std::system_error(why, "no descriptor for the event loop");
}

LinuxPoll::~LinuxPoll() {
    ::close(epoll_);
    ::close(wake_up_);
}

Result<void> LinuxPoll::watch(Fd fd, Readiness interest) {
    epoll_event event{.events = events_for(interest), .data = {.u64 = static_cast<std::uint64_t>(number(fd))}};
    const int usual = is_watched(fd) ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    int failed = epoll_ctl(epoll_, usual, number(fd), &event);
    // Somebody else closed that number, and it stands for another file now; or the file was never gone.
    if (failed && usual == EPOLL_CTL_MOD && errno == ENOENT)
        failed = epoll_ctl(epoll_, EPOLL_CTL_ADD, number(fd), &event);
    else if (failed && usual == EPOLL_CTL_ADD && errno == EEXIST)
        failed = epoll_ctl(epoll_, EPOLL_CTL_MOD, number(fd), &event);
    if (failed) return last_error();
    set_watched(fd, true);
    return {};
}

Result<void> LinuxPoll::unwatch(Fd fd) {
    set_watched(fd, false);
    if (epoll_ctl(epoll_, EPOLL_CTL_DEL, number(fd), nullptr) != 0) return last_error();
    return {};
}

void LinuxPoll::forget(Fd fd) {
    if (is_watched(fd)) static_cast<void>(unwatch(fd));
}

[[gnu::hot]] Result<std::size_t> LinuxPoll::wait(std::span<ReadyFd> ready, std::optional<Duration> limit) {
    std::array<epoll_event, most_events> events;
    const std::size_t room = std::min(ready.size() + 1, most_events);  // one for the wake-up
    const int found = wait_for_events(epoll_, std::span(events).first(room), limit);
    if (found < 0 && errno != EINTR) return last_error();
    std::size_t count = 0;
    for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(std::max(found, 0)))) {
        if (event.data.u64 == mark_of_wake_up) {
            eventfd_t interrupts = 0;
            eventfd_read(wake_up_, &interrupts);
        } else if (count < ready.size()) {
            ready[count++] = {Fd{static_cast<std::int32_t>(event.data.u64)}, readiness_of(event.events)};
        }
    }
    return count;
}

bool LinuxPoll::is_watched(Fd fd) const {
    const auto place = static_cast<std::size_t>(number(fd));
    return place < watched_.size() && watched_[place];
}

void LinuxPoll::set_watched(Fd fd, bool watched) {
    const auto place = static_cast<std::size_t>(number(fd));
    if (place >= watched_.size()) {
        if (!watched) return;
        watched_.resize(place + 1);
    }
    watched_[place] = watched;
}

}  // namespace co
