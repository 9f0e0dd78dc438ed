#include "keep_alive.h"

#include <utility>

#include "stream.h"
#include "world.h"

namespace co::sim {

void KeepAlive::set(SocketOption option, int value) {
    switch (option) {
        case SocketOption::keep_alive:
            is_on_ = value != 0;
            last_heard_ = end_.world().engine.now();
            if (is_on_) end_.host().silent_ends.insert(&end_);
            if (!is_on_) stop();
            return;
        case SocketOption::keep_alive_idle:
            idle_ = std::chrono::seconds(value);
            return;
        case SocketOption::keep_alive_interval:
            interval_ = std::chrono::seconds(value);
            return;
        case SocketOption::keep_alive_probes:
            probes_ = value;
            return;
        default:
            return;
    }
}

/// Those until now were answered, one each time that it had been idle for so long.
void KeepAlive::begin() {
    if (!is_on_ || next_ || !end_.is_cut_off()) return;
    const Duration silent = end_.world().engine.now() - last_heard_;
    unanswered_ = 0;
    probe_at(last_heard_ + (silent / idle_ + 1) * idle_);
}

void KeepAlive::stop() {
    end_.host().silent_ends.erase(&end_);
    if (Alarm* next = std::exchange(next_, nullptr)) end_.world().engine.call_off(*next);
}

void KeepAlive::probe_at(TimePoint moment) {
    next_ = &end_.world().engine.at(moment, [this] {
        next_ = nullptr;
        probe();
    });
}

void KeepAlive::probe() {
    const TimePoint now = end_.world().engine.now();
    if (!end_.is_cut_off()) {  // answered
        if (end_.peer_is_gone()) end_.failed(std::errc::connection_reset);
        return;
    }
    if (now - last_heard_ < idle_) {
        unanswered_ = 0;
        return probe_at(last_heard_ + idle_);
    }
    if (unanswered_ == probes_) return end_.failed(std::errc::timed_out);
    ++unanswered_;
    end_.tell_probe();
    probe_at(now + interval_);
}

}  // namespace co::sim
