#include "services.h"

namespace co::server {

CoroutineId Services::go(std::string name, Callable body) {
    ++*count_;
    return co::go(GoOptions{.name = std::move(name), .stack_bytes = stack_bytes},
                  [kept = kept(), body = std::move(body), counted = Counted(count_)]() mutable { body(); });
}

}  // namespace co::server
