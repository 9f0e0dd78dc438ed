// Spares: things that were used and will be needed again, with the memory that they have: a server that answers a
// hundred thousand requests a second need not ask for it each time. What was given back last is taken first: it is
// still in the processor's cache.
//
//     auto text = spares.texts.take();                 // as it was given back: begin_answer(*text) makes use of that
//     spares.texts.give_back(std::move(text));
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <co/http_request.h>

namespace co::server {

/// So much memory of a text is not kept.
inline constexpr std::size_t much_text = 4096;

/// Forgets a text, but not its memory unless that is much.
inline void empty(std::string& text) {
    text.clear();
    if (text.capacity() > much_text) text = std::string();
}

template <typename Thing>
class SparesOf {
  public:
    /// As it was given back.
    std::unique_ptr<Thing> take() {
        if (kept_.empty()) return std::make_unique<Thing>();
        std::unique_ptr<Thing> one = std::move(kept_.back());
        kept_.pop_back();
        return one;
    }
    void give_back(std::unique_ptr<Thing> one) {
        if (kept_.size() < most) kept_.push_back(std::move(one));
    }

  private:
    static constexpr std::size_t most = 64;  // as many as are in use at once, not as many as ever were
    std::vector<std::unique_ptr<Thing>> kept_;
};

/// Of one thread.
struct Spares {
    SparesOf<std::string> texts;
    SparesOf<http::Request> requests;
};

}  // namespace co::server
