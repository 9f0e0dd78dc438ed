// ReactorThread: owns connections in PROCESS mode and runs nothing of the program: what comes in goes to a worker that
// the dispatch policy chooses, what workers send goes out. The first one accepts, and shares out what it accepted.
//
//     ReactorThread reactor(role);
//     reactor.run();           // until the master stops it
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "acceptor.h"
#include "connections.h"
#include "server_role.h"

namespace co::server {

class ReactorThread final : public ConnectionListener {
  public:
    explicit ReactorThread(Role& role);

    void run();

    // -- ConnectionListener
    void connected(SessionId session) override;
    void packet(SessionId session, const ConnectionRow& row, std::string_view bytes, Cutter& cutter) override;
    void closed(SessionId session) override;
    void buffer_full(SessionId session) override;
    void buffer_empty(SessionId session) override;
    void room(SessionId session, std::uint64_t waiting) override;

  private:
    bool accepts() const { return role_.self().index == 0; }
    void look_after_connections();
    bool take_work(const Message& message);
    bool take_control(const Message& message);
    void share_out(Stream stream, SessionId session, std::uint16_t owner);
    std::uint32_t choose_worker(SessionId session, const Address* peer, std::string_view packet);
    void tell_worker(MessageKind kind, SessionId session);
    void post_work(std::uint32_t worker, Message message);

    Role& role_;
    Connections connections_;
    Acceptor acceptor_;
    std::uint64_t dispatched_ = 0;
    std::uint16_t next_owner_ = 0;
    bool is_stopping_ = false;
};

}  // namespace co::server
