// The first process has a line to each worker and passes messages on; a worker reads its line in a coroutine of its
// own.
//
//     worker 0 ──{message, to 1, "tea"}──► first process ──{message, from 0, "tea"}──► worker 1
#include <co/process_pool.h>

#include <deque>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <co/coroutine.h>
#include <co/framing.h>
#include <co/loop.h>
#include <co/mutex.h>
#include <co/wait_group.h>

namespace co {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t most_workers = 1'000;
constexpr Duration patience = 3s;  // with a worker that is to end
// A worker that ends so soon, so often in a row, would only do it again: the next one waits.
constexpr Duration quick = 1s;
constexpr int most_quick_ends = 3;
constexpr std::size_t longest_message = 64 << 20;

enum class Word : char { message = 'm', shutdown = 's', stop = 'q' };

std::string number_bytes(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift & 0xFF));
    return bytes;
}

std::uint32_t number_in(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes.substr(0, 4)) number = number << 8 | std::uint32_t{static_cast<unsigned char>(byte)};
    return number;
}

/// Its length, the word, whom it goes to or comes from, and the rest.
std::string packed(Word word, std::uint32_t number, std::string_view data) {
    std::string bytes = number_bytes(static_cast<std::uint32_t>(data.size() + 5));
    bytes += static_cast<char>(word);
    return bytes + number_bytes(number) + std::string(data);
}

struct Said {
    Word word;
    std::uint32_t number;
    std::string data;
};

Framing framing_of_lines() {
    Framing framing = framing::length_prefix("N");
    framing.max_packet = longest_message;
    return framing;
}

/// Cuts what comes in on a line; none when the other side has ended.
class Ear {
  public:
    std::optional<Said> next(Stream& line) {
        for (;;) {
            const Framed framed = framer_.next();
            constexpr std::size_t head = 9;
            if (framed.status == FrameStatus::refused) return std::nullopt;
            if (framed.status == FrameStatus::packet && framed.bytes.size() >= head)
                return Said{static_cast<Word>(framed.bytes[4]), number_in(framed.bytes.substr(5)),
                            std::string(framed.bytes.substr(head))};
            auto got = line.read(framer_.room(4096));
            if (!got || *got == 0) return std::nullopt;
            framer_.filled(*got);
        }
    }

  private:
    Framer framer_{framing_of_lines()};
};

/// What several coroutines write must not mix.
Result<void> write_whole(Mutex& turn, Stream& line, std::string_view bytes) {
    if (turn.lock() != WaitStatus::ok) return std::errc::operation_canceled;
    auto written = line.write_all(bytes);
    turn.unlock();
    return written;
}

}  // namespace

// -- a worker --------------------------------------------------------------------------------------------------------

struct PoolWorker::Line {
    Stream& parent;
    Mutex turn{};
    bool is_ending = false;
};

PoolWorker::PoolWorker(std::uint32_t id, std::uint32_t workers, Stream& parent)
    : id_(id), workers_(workers), line_(new Line{.parent = parent}) {}
PoolWorker::~PoolWorker() = default;

Result<void> PoolWorker::send(std::string_view data, std::uint32_t worker) {
    if (worker >= workers_) return std::errc::invalid_argument;
    if (data.size() > longest_message / 2) return std::errc::message_size;
    return write_whole(line_->turn, line_->parent, packed(Word::message, worker, data));
}

void PoolWorker::shutdown() {
    static_cast<void>(write_whole(line_->turn, line_->parent, packed(Word::shutdown, id_, "")));
}

// -- the pool --------------------------------------------------------------------------------------------------------

struct ProcessPool::State {
    std::uint32_t workers;
    Event worker_start{}, worker_stop{};
    Message message{};
    Runner runner{};
    Master* master = nullptr;  // in the first process, while start() runs
};

ProcessPool::ProcessPool(std::uint32_t workers) : state_(std::make_shared<State>(State{.workers = workers})) {
    if (workers < 1 || workers > most_workers)
        throw std::invalid_argument("ProcessPool: it has 1 to " + std::to_string(most_workers) + " workers, not " +
                                    std::to_string(workers));
}
ProcessPool::~ProcessPool() = default;

void ProcessPool::on_worker_start(Event event) { state_->worker_start = std::move(event); }
void ProcessPool::on_worker_stop(Event event) { state_->worker_stop = std::move(event); }
void ProcessPool::on_message(Message event) { state_->message = std::move(event); }
void ProcessPool::run_processes_by(Runner runner) { state_->runner = std::move(runner); }

void ProcessPool::be_worker(std::uint32_t id, Stream& parent) {
    const auto state = state_;
    auto self = std::shared_ptr<PoolWorker>(new PoolWorker(id, state->workers, parent),
                                            [](PoolWorker* worker) { delete worker; });
    const auto end = [state, self] {
        if (std::exchange(self->line_->is_ending, true)) return;
        if (state->worker_stop) state->worker_stop(*self);
        Scheduler::current().stop("the process of the pool has ended");
    };
    const CoroutineId listener = co::go([state, self, end] {
        Ear ear;
        while (auto said = ear.next(self->line_->parent)) {
            if (said->word != Word::message) break;
            if (!state->message) continue;
            co::go([state, self, said = *std::move(said)] { state->message(*self, said.number, said.data); });
        }
        end();  // it was told to, or the first process is gone
    });
    std::exception_ptr failure;
    try {
        if (state->worker_start) state->worker_start(*self);
    } catch (const std::exception&) {
        failure = std::current_exception();
        self->line_->is_ending = true;
    }
    if (failure) co::cancel(listener);  // else the process would stay for it
    if (!failure && !state->message) end();
    co::join({listener});  // it uses the line, which goes with the caller
    if (failure) std::rethrow_exception(failure);
}

/// In the first process.
class ProcessPool::Master {
  public:
    Master(ProcessPool& pool, std::shared_ptr<State> state)
        : pool_(pool), state_(std::move(state)), posts_(state_->workers) {}

    void run() {
        WaitGroup all;
        for (std::uint32_t id = 0; id < state_->workers; ++id) all.go([this, id] { fill(id); });
        static_cast<void>(all.wait());
        if (watch_) co::cancel(*watch_);
    }

    void stop() {
        if (std::exchange(is_stopping_, true)) return;
        for (Post& post : posts_) {
            if (post.is_resting) co::cancel(post.keeper);
            if (!post.child) continue;
            static_cast<void>(write_whole(post.turn, post.child->line, packed(Word::stop, 0, "")));
        }
        watch_ = co::go([this, state = state_] {
            co::sleep(patience);
            if (state->master != this) return;
            for (Post& post : posts_)
                if (post.child) static_cast<void>(children_.kill(post.child->id, Signal::kill));
        });
    }

  private:
    struct Post {
        std::optional<Child> child{};
        Mutex turn{};
        std::deque<std::string> unsent{};  // came while nobody had the post
        int quick_ends = 0;
        CoroutineId keeper = 0;
        bool is_resting = false;
    };

    /// One post, until the pool ends.
    void fill(std::uint32_t id) {
        Post& post = posts_[id];
        post.keeper = co::id();
        while (!is_stopping_) {
            const TimePoint started = co::now();
            if (start(id)) serve(id);
            post.quick_ends = co::now() - started < quick ? post.quick_ends + 1 : 0;
            if (is_stopping_ || post.quick_ends < most_quick_ends) continue;
            post.is_resting = true;
            co::sleep(quick);
            post.is_resting = false;
        }
    }

    bool start(std::uint32_t id) {
        Post& post = posts_[id];
        auto pool = std::make_shared<ProcessPool*>(&pool_);  // as the fresh process has it
        Children::Runner runner;
        if (state_->runner)
            runner = [run = state_->runner, pool](Kernel& own, const std::string& name, const auto& main) {
                return run(own, name, [&](ProcessPool& there) {
                    *pool = &there;
                    main();
                });
            };
        auto child = children_.start(
            "worker#" + std::to_string(id), [pool, id](Stream& parent) { (*pool)->be_worker(id, parent); }, runner);
        if (!child) {
            post.quick_ends = most_quick_ends;
            return false;
        }
        post.child.emplace(*std::move(child));
        for (auto unsent = std::exchange(post.unsent, {}); const std::string& bytes : unsent)
            static_cast<void>(write_whole(post.turn, post.child->line, bytes));
        return true;
    }

    /// Until that worker has ended.
    void serve(std::uint32_t id) {
        Post& post = posts_[id];
        Ear ear;
        while (auto said = ear.next(post.child->line)) {
            if (said->word == Word::shutdown) stop();
            if (said->word == Word::message && said->number < posts_.size())
                pass_on(posts_[said->number], packed(Word::message, id, said->data));
        }
        static_cast<void>(children_.wait(post.child->id));
        if (post.turn.lock() == WaitStatus::ok) post.turn.unlock();  // nobody writes there any more
        post.child.reset();
    }

    void pass_on(Post& post, std::string bytes) {
        if (!post.child)
            post.unsent.push_back(std::move(bytes));
        else
            static_cast<void>(write_whole(post.turn, post.child->line, bytes));
    }

    ProcessPool& pool_;
    std::shared_ptr<State> state_;
    Children children_;
    std::deque<Post> posts_;
    bool is_stopping_ = false;
    std::optional<CoroutineId> watch_{};  // of those that do not end
};

void ProcessPool::start() {
    const auto state = state_;
    Master master(*this, state);
    state->master = &master;
    for (const Signal signal : {Signal::terminate, Signal::interrupt})
        process::signal(signal, [state] {
            if (state->master) state->master->stop();
        });
    master.run();
    state->master = nullptr;
    for (const Signal signal : {Signal::terminate, Signal::interrupt}) process::signal(signal, [] {});
}

void ProcessPool::shutdown() {
    if (!state_->master)
        throw std::logic_error("shutdown(): this pool does not run here; a worker has a call of its own");
    state_->master->stop();
}

}  // namespace co
