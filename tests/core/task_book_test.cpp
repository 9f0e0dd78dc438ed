#include "task_book.h"

#include <co/server_error.h>

#include <doctest/doctest.h>

namespace co::server {

TEST_CASE("task book: a task that nobody waits for comes back as an event, with its tag") {
    TaskBook book;
    book.expect(1, 42);
    const auto outcome = book.finish(1, 0, false, std::string("done"));
    CHECK(outcome.wait == nullptr);
    REQUIRE(outcome.event.has_value());
    CHECK(outcome.event->tag == 42);
    CHECK(outcome.event->data == "done");
    CHECK_FALSE(outcome.event->error);
    CHECK(book.count() == 0);
}

TEST_CASE("task book: of several that one waits for the missing say why, the others are there") {
    TaskBook book;
    TaskWait wait;
    book.expect(1, wait);
    book.expect(2, wait);
    book.expect(3, wait);
    CHECK(book.finish(3, 0, true, std::string("third")).wait == &wait);
    CHECK(book.finish(1, 0, true, std::error_code(ServerError::worker_died)).wait == &wait);
    CHECK_FALSE(wait.is_complete());
    book.forget(wait);
    CHECK(book.count() == 0);
    auto answers = wait.take(ServerError::timeout);
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].error() == ServerError::worker_died);
    CHECK(answers[1].error() == ServerError::timeout);
    CHECK(*answers[2] == "third");
}

TEST_CASE("task book: an answer after the wait gave up is nobody's") {
    TaskBook book;
    TaskWait wait;
    book.expect(1, wait);
    book.forget(wait);
    const auto outcome = book.finish(1, 0, true, std::string("late"));
    CHECK(outcome.wait == nullptr);
    CHECK_FALSE(outcome.event.has_value());
}

TEST_CASE("task book: of thousands, in whatever order they come back, each is found") {
    TaskBook book;
    constexpr TaskId count = 5000;
    for (TaskId id = 1; id <= count; ++id) book.expect(id * 3, id);
    CHECK(book.count() == count);
    std::size_t right = 0;
    for (TaskId step = 0; step < count; ++step) {
        const TaskId id = step * 1237 % count + 1;
        const auto outcome = book.finish(id * 3, 0, false, std::string("done"));
        right += outcome.event && outcome.event->tag == id;
    }
    CHECK(right == count);
    CHECK(book.count() == 0);
}

TEST_CASE("task book: what the process before this one gave is an event of this one") {
    TaskBook book;
    const auto outcome = book.finish(7, 5, false, std::string("inherited"));
    REQUIRE(outcome.event.has_value());
    CHECK(outcome.event->tag == 5);
    CHECK_FALSE(book.finish(8, 5, false, std::error_code(ServerError::no_answer)).event.has_value());
}

}  // namespace co::server
