#include "task_book.h"

#include <co/server_error.h>

namespace co::server {

void TaskBook::forget(const TaskWait& wait) {
    std::vector<TaskId> its;
    given_.for_each([&](const Given& given) {
        if (given.wait == &wait) its.push_back(given.id);
    });
    for (const TaskId id : its) given_.erase(id);
}

TaskBook::Outcome TaskBook::finish(TaskId id, std::int64_t tag, bool is_waited_for, Result<std::string> result) {
    const Given* found = given_.find(id);
    const Given given = found ? *found : Given{};
    if (found) given_.erase(id);
    if (given.wait) {
        given.wait->answer(given.place, std::move(result));
        return {.wait = given.wait};
    }
    if (given) tag = given.tag;
    // A wait that timed out, and a handler that had nothing to say to somebody who does not wait.
    if (is_waited_for || result.error() == ServerError::no_answer) return {};
    TaskResult event{.id = id, .tag = tag, .data = {}, .error = result.error()};
    if (result) event.data = *std::move(result);
    return {.event = std::move(event)};
}

}  // namespace co::server
