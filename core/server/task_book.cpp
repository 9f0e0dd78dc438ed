#include "task_book.h"

#include <co/server_error.h>

namespace co::server {

TaskBook::Outcome TaskBook::finish(TaskId id, std::int64_t tag, bool is_waited_for, Result<std::string> result) {
    auto found = given_.find(id);
    if (found != given_.end() && found->second.wait) {
        Outcome outcome{.wait = found->second.wait};
        outcome.wait->answer(found->second.place, std::move(result));
        given_.erase(found);
        return outcome;
    }
    if (found != given_.end()) {
        tag = found->second.tag;
        given_.erase(found);
    }
    // A wait that timed out, and a handler that had nothing to say to somebody who does not wait.
    if (is_waited_for || result.error() == ServerError::no_answer) return {};
    TaskResult event{.id = id, .tag = tag, .data = {}, .error = result.error()};
    if (result) event.data = *std::move(result);
    return {.event = std::move(event)};
}

}  // namespace co::server
