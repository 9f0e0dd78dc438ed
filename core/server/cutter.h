// Cutter: cuts what one connection says into packets, in the language of the connection's port.
//
//     cutter->filled(read_into(cutter->room(4096)));
//     while ((cut = cutter->next()).status == FrameStatus::packet) handle(cut.bytes);
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <co/deadline.h>
#include <co/framing.h>

namespace co::server {

struct Refused {
    std::string reason{};                       // why the connection is; "": nothing that anybody need know
    std::string farewell{};                     // what its peer is told before it is closed
    [[gnu::cold, gnu::noinline]] ~Refused() {}  // hardly any are
};

struct Cut {
    static Cut refusal(Refused why) {
        return {.status = FrameStatus::refused, .refused = std::make_unique<Refused>(std::move(why))};
    }

    FrameStatus status = FrameStatus::incomplete;
    bool is_last = false;                // of what has come so far: there is nothing to ask next() for
    std::string_view bytes{};            // of a packet, or what it is known by; valid until the next call
    std::unique_ptr<Refused> refused{};  // null: there is nothing to be said about it
};

class Cutter {
  public:
    virtual ~Cutter() = default;
    virtual std::span<std::byte> room(std::size_t least) = 0;
    virtual void filled(std::size_t count) = 0;
    virtual Cut next() = 0;
    /// The packet that next() gave, for another process.
    virtual std::string packed(std::string_view bytes) { return std::string(bytes); }
    /// Until when the next bytes have to come.
    virtual Deadline patience(TimePoint) { return forever; }
    /// They did not.
    virtual Cut out_of_patience() { return {.status = FrameStatus::refused}; }
    /// What the peer waits to be told before it sends the rest of a packet; once.
    virtual std::string_view encouragement() { return {}; }
    /// Whether a packet's answer must have begun its way before the next packet is handed out.
    virtual bool is_answered_in_turn() const { return false; }
};

/// Packets of a Framing.
class FramingCutter final : public Cutter {
  public:
    explicit FramingCutter(const Framing& framing) : framer_(framing) {}
    std::span<std::byte> room(std::size_t least) override { return framer_.room(least); }
    void filled(std::size_t count) override { framer_.filled(count); }
    Cut next() override {
        Framed framed = framer_.next();
        if (framed.status == FrameStatus::refused) [[unlikely]]
            return Cut::refusal({.reason = std::move(framed.reason)});
        return {.status = framed.status, .is_last = framer_.buffered() == 0, .bytes = framed.bytes};
    }

  private:
    Framer framer_;
};

}  // namespace co::server
