// KeepAlive: the probes by which one end of a connection notices that nothing comes back from the other one any more.
//
//     end.keep_alive().set(SocketOption::keep_alive, 1);
//     host.silent_ends.insert(&end);               // its network says when the way is cut: begin()
//
// A probe on a whole way is answered, and nobody can tell that it was sent; so this machine sends them only from the
// moment on at which the way is cut, at the times at which Linux would (tcp(7)): `idle` after the peer was last heard,
// then every `interval`, and after `probes` without an answer the connection is broken.
#pragma once

#include <co/kernel.h>

namespace co::sim {

struct Alarm;
class StreamEnd;

class KeepAlive {
  public:
    explicit KeepAlive(StreamEnd& end) : end_(end) {}
    KeepAlive(const KeepAlive&) = delete;
    KeepAlive& operator=(const KeepAlive&) = delete;

    void set(SocketOption option, int value);
    /// Something came from the peer.
    void heard(TimePoint now) { last_heard_ = now; }
    /// The way to the peer has been cut.
    void begin();
    /// The connection is over, or its end closed.
    void stop();

  private:
    void probe_at(TimePoint moment);
    void probe();

    StreamEnd& end_;
    bool is_on_ = false;
    Duration idle_ = std::chrono::hours(2), interval_ = std::chrono::seconds(75);  // tcp(7)
    int probes_ = 9;
    TimePoint last_heard_{};
    int unanswered_ = 0;
    Alarm* next_ = nullptr;  // while it is set
};

}  // namespace co::sim
