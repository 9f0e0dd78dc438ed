// Listener: a socket that others connect to.
//
//     if (listener->has_room()) listener->take_in(end);     // the network brings a connection
//     auto accepted = listener->accept();                   // the program takes it
#pragma once

#include <deque>
#include <memory>

#include "stream.h"

namespace co::sim {

class Listener final : public OpenFile {
  public:
    Listener(World& its_world, Computer& its_host, Address address, bool reuses)
        : world(its_world), host(its_host), local(std::move(address)), reuses_port(reuses) {}

    Readiness readiness() const override { return {.read = !queue_.empty()}; }
    void closed() override;

    /// As Linux: the queue holds one more than the backlog.
    bool has_room() const { return queue_.size() <= backlog_; }
    void listen(std::size_t backlog, BufferSizes buffers);
    bool is_listening() const { return is_listening_; }
    /// A fresh end for somebody who connects; it is to be announced when the connection stands.
    std::shared_ptr<StreamEnd> answer(const std::shared_ptr<StreamEnd>& caller);
    void announce(std::shared_ptr<StreamEnd> end);
    std::shared_ptr<StreamEnd> accept();

    World& world;
    Computer& host;
    Address local;
    bool reuses_port;

  private:
    std::size_t backlog_ = 0;
    BufferSizes buffers_;
    std::deque<std::shared_ptr<StreamEnd>> queue_;
    bool is_listening_ = false;
};

/// Who listens at `address`, seen from `from`; among several on one port, in turn, or as the seed says. Null: nobody.
Listener* listener_at(Computer& from, Computer& target, const Address& address);

}  // namespace co::sim
