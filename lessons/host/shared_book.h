// SharedBook: what a script has made of shared memory, and what it was told when it asked. A process that it starts
// runs it again (processes.h), meets the same objects, and gets the same answers, so that nothing is counted twice.
//
//     auto hits = host.shared().object<Atomic>(host, "Atomic", [&] { return std::make_shared<Atomic>(5); });
//     return ask(L, [&] { lua_pushinteger(L, hits->add()); return 1; });
//
// Objects are found again by the order in which they were made. On a real machine fork() has copied all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct lua_State;

namespace co::lessons {

class Host;

/// What a fresh process finds.
struct SharedPast {
    struct Object {
        std::string type;
        std::shared_ptr<void> object;  // null: it could not be made
        std::string failure{};
    };
    struct Answer {
        std::vector<std::string> values{};  // as literals
        std::optional<std::string> failure{};
    };
    std::vector<Object> objects{};
    std::vector<Answer> answers{};
};

class SharedBook {
  public:
    /// The script runs again, with the past of the process that started this one.
    void inherit(const std::shared_ptr<const SharedPast>& past);
    /// For a process that the script starts now.
    std::shared_ptr<const SharedPast> past() const { return std::make_shared<const SharedPast>(past_); }
    /// It starts no more processes: what it is told from now on, nobody needs again.
    void close();

    /// The object that the script made at this place of its way; `make` makes it the first time. The process keeps it
    /// until it ends: when Lua collects the script's object must be of no consequence for anybody.
    template <typename T>
    std::shared_ptr<T> object(const Host& host, const char* type, const std::function<std::shared_ptr<T>()>& make) {
        return std::static_pointer_cast<T>(next(host, type, make));
    }
    /// So many bytes more will be shared. Raises a Lua error when they are more than a simulated process may have.
    void take_bytes(lua_State* L, const char* what, std::uint64_t bytes);

  private:
    friend int ask(lua_State* L, const std::function<int()>& question);

    std::shared_ptr<void> next(const Host& host, const char* type, const std::function<std::shared_ptr<void>()>& make);
    int answer_again(lua_State* L);
    void keep(lua_State* L, SharedPast::Answer answer);

    SharedPast past_;
    std::size_t next_object_ = 0, next_answer_ = 0;  // of a script that runs again
    bool is_closed_ = false;
    std::uint64_t bytes_ = 0;
};

/// Calls `question`, which pushes answers and says how many; a script that runs again is told what it was told then.
/// All arguments must have been looked at before: what `question` raises must be a std::exception.
int ask(lua_State* L, const std::function<int()>& question);
/// Raises a Lua error in the world's own script, outside of its machines.
void check_can_share(lua_State* L, const char* what);

}  // namespace co::lessons
