// Spares: things that were used and will be needed again, with the memory that they have: a server that answers a
// hundred thousand requests a second need not ask for it each time. What was given back last is taken first: it is
// still in the processor's cache.
//
//     auto text = spares.texts.take();                 // as it was given back: begin_answer(*text) makes use of that
//     spares.texts.give_back(std::move(text));
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <co/http_request.h>

namespace co::server {

/// So much memory of a text is not kept.
inline constexpr std::size_t much_text = 4096;

/// Forgets a text, but not its memory unless that is much.
inline void empty(std::string& text) {
    text.clear();
    if (text.capacity() > much_text) [[unlikely]]
        std::string().swap(text);
}

template <typename Thing>
class SparesOf {
  public:
    /// As it was given back.
    std::unique_ptr<Thing> take() {
        if (count_ == 0) [[unlikely]]
            return another();
        return std::move(kept_[--count_]);
    }
    void give_back(std::unique_ptr<Thing> one) {
        if (count_ < most) [[likely]]
            kept_[count_++] = std::move(one);
    }

  private:
    [[gnu::noinline]] static std::unique_ptr<Thing> another() { return std::make_unique<Thing>(); }

    static constexpr std::size_t most = 64;  // as many as are in use at once, not as many as ever were
    std::array<std::unique_ptr<Thing>, most> kept_{};
    std::size_t count_ = 0;
};

/// Of one thread.
struct Spares {
    SparesOf<std::string> texts;
    SparesOf<http::Request> requests;
};

}  // namespace co::server
