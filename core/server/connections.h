// Connections: all connections whose descriptors one thread has. It accepts, reads, cuts into packets, writes and
// closes, and tells a listener of its own what happened. A reactor sends that on to the workers; a worker of a server
// in BASE mode runs the program's events at once.
//
//     Connections connections(context, owner, listener);
//     connections.adopt(std::move(stream), session);     // from now on a coroutine reads from it
//     connections.send(session, "hello");                // never parks: what does not fit waits in its buffer
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/byte_buffer.h>
#include <co/costly_calls.h>
#include <co/reactor.h>
#include <co/relay.h>
#include <co/stream.h>
#include <co/wait_group.h>

#include "bundle.h"
#include "cutter.h"
#include "log.h"
#include "plan.h"
#include "scoreboard.h"
#include "services.h"
#include "spares.h"
#include "timer_heap.h"
#include "waiters.h"

namespace co::server {

class ConnectionListener {
  public:
    virtual ~ConnectionListener() = default;
    virtual void connected(SessionId session) = 0;
    /// May park: no more is read from that connection meanwhile. `cutter` gave the packet.
    virtual void packet(SessionId session, const ConnectionRow& row, std::string_view bytes, Cutter& cutter) = 0;
    virtual void closed(SessionId session) = 0;
    virtual void buffer_full(SessionId session) = 0;
    virtual void buffer_empty(SessionId session) = 0;
    /// Somebody of these workers waits for room, or for the end of the connection; see ConnectionRow::waiting.
    virtual void room(SessionId session, std::uint64_t waiting) = 0;
};

class Connections {
  public:
    Connections(const Plan& plan, Scoreboard& board, Log& log, Services& services, Spares& spares,
                ConnectionListener& listener)
        : plan_(plan),
          board_(board),
          log_(log),
          services_(services),
          spares_(spares),
          listener_(listener),
          scheduler_(Scheduler::current()),
          is_thrifty_(scheduler_.kernel()) {}
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    /// One coroutine serves all that are adopted from now on, where calls of the kernel cost and nobody watches. The
    /// listener may begin what a packet is by relay().go(), and must not wait in packet() by other means. Called first.
    void share_a_coroutine();
    /// Whether the running coroutine serves them all, and nothing that it began runs.
    bool are_led_here() const { return is_thrifty_ && relay_ && relay_->leads(); }
    Relay& relay() { return *relay_; }

    void adopt(Stream stream, SessionId session);
    /// Queues what ConnectionRow::pending has counted already. False when the connection is gone. Behind the end of an
    /// answer the next packet of a connection that is answered in turn is handed out.
    bool send(SessionId session, std::string_view bytes, bool ends_answer = false);
    /// What the system takes at once of bytes that nobody has counted yet, where the connection's packet is just being
    /// handed out and nothing waits to be written before them. Whoever sent all of them is done; else send() has the
    /// rest.
    std::size_t send_at_hand(SessionId session, std::string_view bytes, bool ends_answer);
    /// Once its peer has been told `farewell`.
    void dismiss(SessionId session, std::string_view farewell);
    /// Once all that was sent is written; or at once.
    void close(SessionId session, bool reset);
    /// Lets what waits be written, closes all, and waits until they are gone, at most until the deadline.
    void close_all(Deadline deadline);
    /// Closes those that have said nothing for longer than the limit.
    void close_idle(Duration limit);
    std::size_t count() const { return open_.size(); }
    /// For the listener, too, about one of them: never parks, though the program's own log may.
    void log(std::string_view about, std::string line);

  private:
    /// What is next for a connection.
    enum class Next : std::uint8_t {
        read,     // more has to come
        cut,      // of what has come
        answer,   // to what was handed out last
        refusal,  // it took too long
        another,  // coroutine has it now
        none,     // it is over
    };
    struct Open;
    struct Patience : LastingEntry {
        explicit Patience(Open& impatient) : whose(impatient) {}
        Open& whose;
    };
    struct Open final : FdReader {
        Open(Connections& its_owner, Stream its_stream, SessionId its_session, ConnectionRow& its_row,
             std::unique_ptr<Cutter> its_cutter)
            : owner(its_owner),
              stream(std::move(its_stream)),
              session(its_session),
              row(its_row),
              cutter(std::move(its_cutter)),
              is_answered_in_turn(cutter->is_answered_in_turn()),
              is_led(its_owner.relay_ != nullptr) {}
        void can_read() override {
            if constexpr (Thrift::is_possible) owner.make_due(*this, Next::read);
        }

        Connections& owner;
        Stream stream;
        SessionId session;
        ConnectionRow& row;  // its own until it has ended
        std::unique_ptr<Cutter> cutter;
        Open* next_due = nullptr;
        const bool is_answered_in_turn;
        bool is_led;  // with others; else a coroutine has it alone
        bool is_due = false;
        Next next = Next::read;  // if it is led
        bool awaits_answer = false;
        bool is_read_empty = false;  // as far as the last read told
        bool writes = false;         // a coroutine is at it
        bool closing = false;        // nothing more is taken
        bool is_full = false;        // above the high-water mark
        bool ended = false;
        bool peer_is_done = false;
        ByteBuffer output;
        Waiters answered;
        Patience patience{*this};
    };
    using Handle = std::shared_ptr<Open>;

    void keep_alive(Stream& stream) const;
    bool is_led(const Open& open) const { return is_thrifty_ && open.is_led; }

    // -- reading (connections_reading.cpp)
    void serve(Open& open);
    Result<std::size_t> read(Open& open);
    void took(Open& open, std::size_t bytes);
    Next hand_out_packets(Open& open);
    class AtHand;
    bool hand_out(Open& open, std::string_view packet);
    [[gnu::noinline]] static void await_answer(Open& open);
    void make_due(Open& open, Next next);
    std::optional<TimePoint> serve_due();
    std::optional<TimePoint> wait_for_more();
    bool serve_led(Open& open);
    [[gnu::cold]] void give_up(Open& open, const std::string& why);
    Next read_led(Open& open);
    void await_bytes(Open& open);
    [[gnu::cold]] void serve_apart(Open& open);
    /// Not where nobody else is waiting for its turn: then the bundle would not grow.
    bool may_put_off(const Open& open) const { return open.is_led && first_due_ && !writes_at_once_until_; }
    /// Before anything else is written, or a connection ends: nothing must come before it.
    void write_put_off() {
        if constexpr (Thrift::is_possible)
            if (!put_off_.is_empty()) write_bundle();
    }
    void write_bundle();
    [[gnu::cold, gnu::noinline]] void write_rest(const std::vector<SessionId>& unfinished);
    void judge_handlers();

    // -- writing and closing
    [[gnu::cold]] void refuse(const Open& open, const Cut& cut);
    void say(SessionId session, std::string_view bytes);
    std::size_t take_at_hand(Open& open, std::string_view bytes);
    void write_later(const Handle& connection);
    std::size_t write_at_once(Open& open, std::string_view bytes);
    void write(const Handle& connection);
    void wrote(Open& open, std::size_t bytes);
    void end(const Handle& connection);
    void linger(Stream stream);
    Handle find(SessionId session) const;
    std::string whose(SessionId session);

    const Plan& plan_;
    Scoreboard& board_;
    Log& log_;
    Services& services_;
    Spares& spares_;
    ConnectionListener& listener_;
    Scheduler& scheduler_;
    const Thrift is_thrifty_;  // with calls of the kernel
    std::map<SessionId, Handle> open_;
    Open* at_hand_ = nullptr;       // the one whose packet is being handed out: most answers are to it
    std::unique_ptr<Relay> relay_;  // whose leader serves those that are led
    std::optional<Services::Counted> relay_counts_;
    Open* first_due_ = nullptr;  // of those that are led
    Open* last_due_ = nullptr;
    Open* current_ = nullptr;    // the one being served
    std::vector<Handle> ended_;  // somebody may be at them
    TimerHeap patience_;
    Bundle<Open> put_off_;                           // answers of those that are led
    std::size_t handed_out_ = 0;                     // of them, in this turn
    std::optional<TimePoint> writes_at_once_until_;  // for handlers took long
    WaitGroup all_;                                  // those that are open
    bool is_stopping_ = false;
};

}  // namespace co::server
