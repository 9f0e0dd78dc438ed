// Deadline: until when a call may wait. Every waiting call takes one.
//
//     auto soon = jobs.pop(500ms);           // half a second from this call
//     auto ever = jobs.pop(co::forever);     // no limit, said out loud; the default
//     auto by = co::deadline_in(2s);
//     connect(by); send(by);                 // both together at most two seconds
//
// A deadline that has passed still lets a call succeed that need not wait.
#pragma once

#include <co/kernel.h>

namespace co {

struct Forever {};
inline constexpr Forever forever{};

class Deadline {
  public:
    constexpr Deadline(Forever) {}
    /// From the moment of the call on; zero or less: do not wait at all.
    template <typename Rep, typename Period>
    constexpr Deadline(std::chrono::duration<Rep, Period> from_now)
        : kind_(Kind::relative), time_(std::chrono::duration_cast<Duration>(from_now)) {}
    constexpr Deadline(TimePoint moment) : kind_(Kind::absolute), time_(moment.time_since_epoch()) {}

    constexpr bool is_forever() const { return kind_ == Kind::unlimited; }
    /// A moment, whenever it is used.
    constexpr bool is_absolute() const { return kind_ == Kind::absolute; }
    /// Not a moment from now on, whatever the time is.
    constexpr bool is_never() const { return kind_ == Kind::relative && time_ <= Duration::zero(); }
    /// The moment it stands for when it is used at `now`; TimePoint::max() for forever.
    constexpr TimePoint expiry(TimePoint now) const {
        if (kind_ == Kind::unlimited) return TimePoint::max();
        if (kind_ == Kind::absolute) return TimePoint(time_);
        return time_ > TimePoint::max() - now ? TimePoint::max() : now + time_;
    }

  private:
    enum class Kind : unsigned char { unlimited, relative, absolute };
    Kind kind_ = Kind::unlimited;
    Duration time_{};
};

}  // namespace co
