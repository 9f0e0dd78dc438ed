// Manager: starts the workers and task workers, replaces those that end, and stops them in order. It never touches a
// connection.
//
//     Manager manager(role);
//     manager.run();            // until all that it started have ended
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server_role.h"

namespace co::server {

class Manager {
  public:
    explicit Manager(Role& role);

    void run();
    /// Workers first, then task workers: what workers still do may need them.
    void stop();
    void reload(bool only_task_workers);

  private:
    /// One worker's place: the process that has it at the moment.
    struct Place {
        ProcessId process{};  // 0: none
        bool is_leaving = false;
        TimerId force = 0;  // kills it when it takes too long to leave
        TimePoint started{};
        int quick_ends = 0;  // that came soon after the start, one after the other
    };

    void start(std::uint32_t worker);
    void reap();
    void ended(std::uint32_t worker, const ProcessEnd& end);
    bool leaves_by_itself(std::uint32_t worker) const;
    void give_up_work_of(std::uint32_t worker);
    void replace(std::uint32_t worker);
    void await_change();
    void dismiss(std::uint32_t worker);
    void expect_end(std::uint32_t worker);
    void dismiss_all(std::uint32_t first, std::uint32_t end);
    bool take(const Message& message);
    std::uint32_t number_of(RoleId role) const;
    std::uint32_t count() const { return static_cast<std::uint32_t>(places_.size()); }

    Role& role_;
    std::vector<Place> places_;
    Waiters changes_;  // of a place, or of what is to be done
    bool is_stopping_ = false;
    bool reloads_ = false;
};

}  // namespace co::server
