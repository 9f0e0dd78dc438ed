#include "lessons/host/shared_book.h"

#include <stdexcept>

#include <fmt/format.h>
#include <lua.hpp>

#include "lessons/host/host.h"
#include "lessons/host/literal.h"
#include "lessons/host/message.h"

namespace co::lessons {
namespace {

constexpr std::uint64_t most_bytes = 64 * 1024 * 1024;
constexpr std::size_t most_answers = 100'000;  // each is kept, for the processes to come

[[noreturn]] void took_another_way() {
    throw std::runtime_error("the script took another way than in the process that started this one");
}

}  // namespace

void SharedBook::inherit(const std::shared_ptr<const SharedPast>& past) {
    if (past) past_ = *past;
}

void SharedBook::close() {
    is_closed_ = true;
    past_.answers.clear();
}

std::shared_ptr<void> SharedBook::next(const Host& host, const char* type,
                                       const std::function<std::shared_ptr<void>()>& make) {
    if (!host.repeats()) {
        SharedPast::Object& made = past_.objects.emplace_back(SharedPast::Object{.type = type, .object = nullptr});
        try {
            made.object = make();
        } catch (const std::exception& error) {
            made.failure = error.what();
            throw;
        }
        return made.object;
    }
    if (next_object_ == past_.objects.size() || past_.objects[next_object_].type != type) took_another_way();
    const SharedPast::Object& made = past_.objects[next_object_++];
    if (!made.object) throw std::runtime_error(made.failure);
    return made.object;
}

void SharedBook::take_bytes(lua_State* L, const char* what, std::uint64_t bytes) {
    const Host& host = Host::of(L);
    if (!host.options().sandboxed || host.repeats()) return;
    if (bytes > most_bytes - bytes_)
        luaL_error(L, "%s",
                   fmt::format("{} needs {} bytes of shared memory; in the simulation a process may have {} MiB", what,
                               with_separators(bytes), most_bytes >> 20)
                       .c_str());
    bytes_ += bytes;
}

int SharedBook::answer_again(lua_State* L) {
    if (next_answer_ == past_.answers.size()) took_another_way();
    const SharedPast::Answer& answer = past_.answers[next_answer_++];
    if (answer.failure) throw std::runtime_error(*answer.failure);
    luaL_checkstack(L, static_cast<int>(answer.values.size()), "answers");
    for (const std::string& value : answer.values) push_literal(L, value);
    return static_cast<int>(answer.values.size());
}

void SharedBook::keep(lua_State* L, SharedPast::Answer answer) {
    if (is_closed_) return;
    past_.answers.push_back(std::move(answer));
    if (past_.answers.size() < most_answers) return;
    Host& host = Host::of(L);
    host.did_once(host.caller_line(L), fmt::format("asks shared memory {} times", with_separators(most_answers)));
}

int ask(lua_State* L, const std::function<int()>& question) {
    const Host& host = Host::of(L);
    SharedBook& book = Host::of(L).shared();
    if (host.repeats()) return book.answer_again(L);
    SharedPast::Answer answer;
    const bool is_kept = host.options().sandboxed && !book.is_closed_;
    try {
        const int count = question();
        // It may have waited; then the book is closed.
        for (int place = 0; is_kept && !book.is_closed_ && place < count; ++place)
            answer.values.push_back(to_literal(L, lua_gettop(L) - count + 1 + place));
        if (is_kept) book.keep(L, std::move(answer));
        return count;
    } catch (const std::exception& error) {
        answer.failure = error.what();
        if (is_kept) book.keep(L, std::move(answer));
        throw;
    }
}

void check_can_share(lua_State* L, const char* what) {
    if (Host::of(L).is_director())
        luaL_error(L, "%s() belongs into a function of world.on(): machines share no memory", what);
}

}  // namespace co::lessons
