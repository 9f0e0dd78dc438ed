#include "native/cli/storm.h"

#include <array>
#include <optional>
#include <stdexcept>

#include <co/blocking.h>
#include <co/coroutine.h>
#include <co/machine.h>
#include <co/server.h>
#include <co/stream.h>
#include <co/trace.h>
#include <co/wait_group.h>

#include "native/cli/storm_bugs.h"

namespace co::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t port = 9501;
constexpr int clients = 3, visits = 3, questions = 2;
constexpr Duration patience = 5s;  // far longer than anything here takes, cuts of the network included

/// Hashes a trace instead of keeping it.
class HashSink final : public trace::Sink {
  public:
    std::uint32_t text(std::string_view text) override {
        std::uint64_t hash = text.size();
        for (char letter : text) hash = mixed(hash ^ static_cast<unsigned char>(letter));
        return static_cast<std::uint32_t>(hash);
    }
    void record(const trace::Event& event) override {
        for (std::uint64_t part :
             {static_cast<std::uint64_t>(event.time), static_cast<std::uint64_t>(event.value),
              std::uint64_t{event.process} << 32 | event.coroutine, std::uint64_t{event.object} << 32 | event.other,
              std::uint64_t{event.text} << 8 | static_cast<std::uint64_t>(event.kind)})
            hash_ = mixed(hash_ ^ part);
    }
    std::uint64_t hash() const { return hash_; }

  private:
    static std::uint64_t mixed(std::uint64_t bits) {
        bits *= 0x9E3779B97F4A7C15ull;
        return bits ^ (bits >> 29);
    }
    std::uint64_t hash_ = 1;
};

class Storm {
  public:
    explicit Storm(const StormOptions& options)
        : options_(options),
          machine_({.seed = options.seed, .sink = options.hashes ? &sink_ : nullptr}),
          app_(machine_.host("app", {.latency = 200us})),
          far_(machine_.host("far", {.latency = 500us, .jitter = 500us})) {}

    StormReport run() {
        set_up_server();
        ProcessBody serve = [this](Kernel& own) { return this->serve(own); };
        server_process_ = app_.start_bare("server", with_bug(options_.planted, options_.seed, std::move(serve))).id();
        far_.start("visitors", [this] { visit(); });
        make_trouble();
        machine_.run_for(10min);
        judge();
        report_.hash = sink_.hash();
        return std::move(report_);
    }

  private:
    void wrong(std::string what) { report_.wrong.push_back(std::move(what)); }

    // -- the server ------------------------------------------------------------------------------------------------
    void set_up_server() {
        server_.set({.mode = options_.mode,
                     .reactors = 2,
                     .workers = 3,
                     .task_workers = 2,
                     .dispatch = DispatchPolicy::round_robin,
                     .framing = framing::eof("\n"),
                     .max_request = 9,
                     .max_wait_time = 200ms});
        server_.events().log = [](std::string_view) {};
        server_.on_receive([this](Connection from, std::string_view line) { answer(from, line); });
        server_.on_task([](Task& task) {
            blocking::compute(300us);
            task.finish(task.data());
        });
    }

    void answer(Connection from, std::string_view line) {
        co::sleep(Duration(Scheduler::current().kernel().random() % 2'000'000));
        if (line.size() % 2 != 0) {
            from.send(line);
            return;
        }
        auto result = server_.task_wait(std::string(line), patience / 2);
        if (result) {
            from.send(*result);
            return;
        }
        if (result.error() == make_error_code(ServerError::timeout))
            wrong("the task of '" + std::string(line.substr(0, line.size() - 1)) +
                  "' neither finished nor failed: its worker waited in vain");
        from.close(true);
    }

    int serve(Kernel& own) {
        int exit_code = 0;
        Scheduler scheduler(own, {.sink = options_.hashes ? &sink_ : nullptr});
        RunReport report = scheduler.run([&] { exit_code = server_.start(); }, "server");
        if (!report.ok()) wrong("the server's first process: " + report.text());
        if (exit_code != 0) wrong("the server ended with exit code " + std::to_string(exit_code));
        return exit_code;
    }

    // -- its clients -----------------------------------------------------------------------------------------------
    void visit() {
        WaitGroup group;
        for (int client = 0; client < clients; ++client)
            group.go([this, client] {
                for (int visit = 0; visit < visits; ++visit) ask_on_a_connection(client, visit);
            });
        group.wait();
        Kernel& kernel = Scheduler::current().kernel();
        if (!kernel.send_signal(server_process_, Signal::terminate)) wrong("the server ended before it was told to");
    }

    std::optional<Stream> connected() {
        for (int tries = 0; tries < 200; ++tries) {
            if (auto stream = Stream::connect(app_.address(port), patience)) return *std::move(stream);
            co::sleep(5ms);  // it has not begun, or the network is cut
        }
        wrong("nobody could connect to the server any more");
        return std::nullopt;
    }

    void ask_on_a_connection(int client, int visit) {
        auto stream = connected();
        if (!stream) return;
        bool goes_on = true;
        for (int question = 0; question < questions && goes_on; ++question) {
            std::string text = std::to_string(client) + '.' + std::to_string(visit) + '.' + std::to_string(question);
            if (Scheduler::current().kernel().random() % 2 == 0) text += '+';
            goes_on = ask(*stream, text + '\n');
        }
        if (goes_on) expect_nothing_more(*stream);
    }

    /// Whether the connection still stands.
    bool ask(Stream& stream, const std::string& text) {
        ++report_.asked;
        std::string heard;
        bool stands = bool(stream.write_all(text, patience));
        while (stands && !heard.ends_with('\n')) {
            auto more = stream.read_some(patience);
            if (more.error() == std::errc::timed_out) {
                stands = is_silent(stream, text);
                continue;
            }
            stands = more && !more->empty();
            if (stands) heard += *more;
        }
        if (heard == text)
            ++report_.answered;
        else if (heard.empty())
            ++report_.ended;
        else
            wrong("asked '" + text + "', heard '" + heard + "'");
        return stands && heard == text;
    }

    /// No answer for long. The end of the connection may have been lost on the way: another byte would be told so.
    bool is_silent(Stream& stream, const std::string& text) {
        bool stood = bool(stream.write_all("?", patience));
        if (stood && stream.read_some(patience).error() == std::errc::timed_out)
            wrong("'" + text + "' was neither answered nor its connection closed");
        return false;
    }

    void expect_nothing_more(Stream& stream) {
        if (!stream.shut_down(ShutdownHow::write)) return;
        auto more = stream.read_some(patience);
        if (more && !more->empty()) wrong("heard '" + *more + "', which nobody had asked for any more");
        if (more.error() == std::errc::timed_out) wrong("the server did not close a connection that its client ended");
    }

    // -- trouble ---------------------------------------------------------------------------------------------------
    /// At moments that the seed chooses, all of them while there are visitors.
    void make_trouble() {
        for (int kill = 0; kill < 2; ++kill) machine_.at(moment(40'000), [this] { kill_somebody(); });
        machine_.at(moment(40'000), [this] { reload(); });
        Duration cut = moment(40'000);
        machine_.at(cut, [this] { machine_.partition(app_, far_); });
        machine_.at(cut + moment(300'000), [this] { machine_.heal(app_, far_); });
    }

    Duration moment(std::uint64_t most_microseconds) {
        return std::chrono::microseconds(1'000 + trouble_.next() % most_microseconds);
    }

    void kill_somebody() {
        constexpr std::array names = {"worker#0", "worker#1", "worker#2", "task#0", "task#1"};
        try {
            sim::Process victim = app_.process(names[trouble_.next() % names.size()]);
            if (victim.is_alive()) victim.kill();
        } catch (const std::out_of_range&) {
            // BASE mode calls its workers otherwise, or it has not begun.
        }
    }

    void reload() {
        sim::Process master = app_.process("server");
        if (master.is_alive() && has_begun()) master.send(Signal::user1);
    }
    /// It handles the signal; before, it would be its end.
    bool has_begun() const { return report_.asked > 0; }

    // -- afterwards ------------------------------------------------------------------------------------------------
    void judge() {
        for (const std::string& failure : machine_.failures()) wrong("uncaught in " + failure);
        const sim::MachineStats left = machine_.stats();
        auto expect_none = [this](std::size_t count, const char* of_what) {
            if (count > 0) wrong(std::to_string(count) + of_what);
        };
        expect_none(left.alive, " processes still run: something in them is parked for ever");
        expect_none(left.zombies, " processes were never reaped");
        expect_none(left.descriptors, " descriptors were never closed");
        expect_none(left.shared_segments, " pieces of shared memory are left");
        expect_none(left.bad_closes, " times somebody closed a descriptor that was closed already");
        if (report_.asked != report_.answered + report_.ended && report_.wrong.empty())
            wrong("some requests were neither answered nor ended");
    }

    StormOptions options_;
    StormReport report_;
    HashSink sink_;
    PlainChance trouble_{options_.seed};
    sim::Machine machine_;
    sim::Host app_, far_;
    Server server_{"0.0.0.0", port};
    ProcessId server_process_{};
};

}  // namespace

StormReport run_storm(const StormOptions& options) { return Storm(options).run(); }

}  // namespace co::cli
