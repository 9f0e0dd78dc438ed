// TaskBook: the tasks that a worker gave and that have not come back; TaskWait: those that one coroutine waits for.
//
//     TaskWait wait;
//     book.expect(id, tag, &wait);
//     book.finish(id, "result");        // the wait has it now; without a wait it is an event: finish() says so
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <co/result.h>
#include <co/server_events.h>

namespace co::server {

/// What a coroutine waits for; it lies on that coroutine's stack.
class TaskWait {
  public:
    using Answer = std::optional<Result<std::string>>;

    /// The place of one more answer.
    std::size_t add() {
        answers_.emplace_back();
        ++missing_;
        return answers_.size() - 1;
    }
    void answer(std::size_t place, Result<std::string> result) {
        if (!answers_[place]) --missing_;
        answers_[place] = std::move(result);
    }
    bool is_complete() const { return missing_ == 0; }
    /// What has come; what has not is `why_not`.
    std::vector<Result<std::string>> take(std::error_code why_not) {
        std::vector<Result<std::string>> all;
        for (Answer& answer : answers_) all.push_back(answer ? *std::move(answer) : Result<std::string>(why_not));
        return all;
    }

  private:
    std::vector<Answer> answers_;
    std::size_t missing_ = 0;
};

class TaskBook {
  public:
    /// What came of an answer: it was waited for, it is an event for the program, or nobody wants it any more.
    struct Outcome {
        TaskWait* wait = nullptr;  // complete perhaps: wake its coroutine
        std::optional<TaskResult> event{};
    };

    void expect(TaskId id, std::int64_t tag) { given_.emplace(id, Given{tag, nullptr, 0}); }
    void expect(TaskId id, TaskWait& wait) { given_.emplace(id, Given{0, &wait, wait.add()}); }
    /// Those of `wait` come too late from now on.
    void forget(const TaskWait& wait) {
        std::erase_if(given_, [&](const auto& entry) { return entry.second.wait == &wait; });
    }
    /// A task that is not in the book was given by the process before this one; then its own tag counts.
    Outcome finish(TaskId id, std::int64_t tag, bool is_waited_for, Result<std::string> result);
    std::size_t count() const { return given_.size(); }

  private:
    struct Given {
        std::int64_t tag;
        TaskWait* wait;
        std::size_t place;
    };

    std::map<TaskId, Given> given_;
};

}  // namespace co::server
