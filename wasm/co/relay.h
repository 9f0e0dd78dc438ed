// The browser's core/coroutine/co/relay.h: nobody makes one there, for whoever may watch sees a coroutine for each.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <co/scheduler.h>

namespace co {

class Relay {
  public:
    using Work = std::function<std::optional<TimePoint>()>;
    using Held = std::function<std::shared_ptr<void>()>;

    Relay(const std::string&, const Work&, const Held&) {}

    void start() {}
    void wake() {}
    bool leads() const { return false; }
    template <typename Body>
    bool go(std::string_view, Body&) {
        return false;
    }
};

}  // namespace co
