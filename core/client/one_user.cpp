#include <co/one_user.h>

#include <stdexcept>
#include <string>

namespace co {
namespace {

std::string named(CoroutineId id) { return id == 0 ? "the main coroutine" : "co#" + std::to_string(id); }

}  // namespace

OneUser::Turn::Turn(OneUser& user, std::string_view call) : user_(user) {
    CoroutineId self = Scheduler::current().id();
    if (user.inside_)
        throw std::logic_error(std::string(call) + " of " + named(self) + ": " + named(*user.inside_) +
                               " is inside the same client; give each coroutine a client of its own");
    user.inside_ = self;
}

}  // namespace co
