// TaskBook: the tasks that a worker gave and that have not come back; TaskWait: those that one coroutine waits for.
//
//     TaskWait wait;
//     book.expect(id, tag, &wait);
//     book.finish(id, "result");        // the wait has it now; without a wait it is an event: finish() says so
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <co/result.h>
#include <co/server_events.h>

#include "id_table.h"
#include "waiters.h"

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
    /// Its coroutine, as far as it waits here.
    Waiters& waiters() { return waiters_; }
    /// What has come; what has not is `why_not`.
    std::vector<Result<std::string>> take(std::error_code why_not) {
        std::vector<Result<std::string>> all;
        for (Answer& answer : answers_) all.push_back(answer ? *std::move(answer) : Result<std::string>(why_not));
        return all;
    }

  private:
    std::vector<Answer> answers_;
    std::size_t missing_ = 0;
    Waiters waiters_;
};

class TaskBook {
  public:
    /// What came of an answer: it was waited for, it is an event for the program, or nobody wants it any more.
    struct Outcome {
        TaskWait* wait = nullptr;  // complete perhaps: wake its coroutine
        std::optional<TaskResult> event{};
    };

    void expect(TaskId id, std::int64_t tag) { given_.insert({.id = id, .tag = tag}); }
    void expect(TaskId id, TaskWait& wait) { given_.insert({.id = id, .wait = &wait, .place = wait.add()}); }
    /// Those of `wait` come too late from now on.
    void forget(const TaskWait& wait);
    /// A task that is not in the book was given by the process before this one; then its own tag counts.
    Outcome finish(TaskId id, std::int64_t tag, bool is_waited_for, Result<std::string> result);
    std::size_t count() const { return given_.size(); }

  private:
    /// Lies in the table itself, as a pointer would. No task has the id 0.
    struct Given {
        TaskId id = 0;
        std::int64_t tag = 0;
        TaskWait* wait = nullptr;
        std::size_t place = 0;

        explicit operator bool() const { return id != 0; }
        Given* operator->() { return this; }
        const Given& operator*() const { return *this; }
    };

    IdTable<Given> given_;
};

}  // namespace co::server
