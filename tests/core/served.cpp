#include "tests/core/served.h"

#include <co/framing.h>

namespace co::test {
namespace {

// Of the visitors; virtual time costs nothing. ThreadSanitizer looks at each byte that is copied.
#ifdef __SANITIZE_THREAD__
constexpr Duration most_patience = 120s;
#else
constexpr Duration most_patience = 20s;
#endif

std::string framed(std::string_view told) {
    std::string bytes(4, '\0');
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(told.size() >> (24 - 8 * i) & 255);
    return bytes.append(told);
}

Address address_from(const std::string& text) {
    if (text.starts_with('/')) return Address::unix_path(text);
    return Address::ip4(127, 0, 0, 1, static_cast<std::uint16_t>(std::stoi(text.substr(text.find(':') + 1))));
}

}  // namespace

void Served::visit(Callable visitors) { visit_on_machine(visitors); }

void Served::run_visitors(Callable& visitors) {
    kernel = &Scheduler::current().kernel();
    auto pair = kernel->open_socket_pair(SocketKind::unix_stream);
    REQUIRE(bool(pair));
    mouth_ = pair->second;
    auto started = kernel->spawn_process("server", [this, ear = pair->first](Kernel& own) {
        CHECK(bool(own.close(ear)));
        start_server(own);
        return exit_code;
    });
    REQUIRE(bool(started));
    first_process = *started;
    REQUIRE(bool(kernel->close(mouth_)));
    co::go([&] { hear_the_server(Stream(pair->first)); });
    try {
        await([this] { return is_ready_; });
        visitors();
    } catch (...) {
        static_cast<void>(kernel->send_signal(first_process, Signal::kill));  // the others follow it
        throw;
    }
    if (!is_to_be_killed && expected_exit_code == 0) signal(Signal::terminate);
    wait_for_the_end();
    await([this] { return is_heard_out_; });  // once no process of the server is left
}

// -- in the server's processes ---------------------------------------------------------------------------------------

void Served::start_server(Kernel& own) {
    Scheduler scheduler(own, {.sink = is_simulated ? &recorder_ : nullptr});
    auto program_start = server.events().start;
    server.events().start = [this, program_start] {
        if (program_start) program_start();
        std::string addresses;
        try {
            for (std::size_t port = 0;; ++port) addresses += to_string(server.address(port)) + '\n';
        } catch (const std::out_of_range&) {
            tell('R', addresses);
        }
    };
    auto worker_start = server.events().worker_start;
    server.events().worker_start = [this, worker_start](std::uint32_t worker) {
        const ProcessId process = Scheduler::current().kernel().process_id();
        tell('W', std::to_string(worker) + ' ' + std::to_string(static_cast<std::int32_t>(process)));
        if (worker_start) worker_start(worker);
    };
    const std::string before = holdings();
    RunReport report = scheduler.run([this] {
        const std::shared_ptr<void> shared = prepare ? prepare() : nullptr;
        exit_code = server.start();
        CHECK_MESSAGE(co::stats().alive == 1, "coroutines are left of the server: " << co::stats().alive);
    });
    CHECK_MESSAGE(report.ok(), report.text());
    CHECK(children() == 0);
    CHECK(holdings_left(before) == before);
}

void Served::tell(char kind, std::string_view words) {
    const std::string told = framed(kind + std::string(words));
    Kernel& own = Scheduler::current().kernel();
    for (std::string_view left = told; !left.empty();) {
        auto written = own.write(mouth_, std::as_bytes(std::span(left)));
        if (written.error() == std::errc::operation_would_block)
            static_cast<void>(wait_writable(mouth_));
        else if (!written)
            return;  // the visitors are gone
        left.remove_prefix(written.value_or(0));
    }
}

// -- in the visitors' process ----------------------------------------------------------------------------------------

void Served::hear_the_server(Stream from) {
    Framer framer(framing::length_prefix("N"));
    for (;;) {
        auto got = from.read_some();
        if (!got || got->empty()) break;
        framer.feed(*got);
        for (Framed told = framer.next(); told.status == FrameStatus::packet; told = framer.next())
            take(told.bytes.substr(4));
    }
    is_heard_out_ = true;
}

void Served::take(std::string_view told) {
    const std::string words(told.substr(1));
    if (told.front() == 'S') said.push_back(words);
    if (told.front() == 'L') log.push_back(words);
    if (told.front() == 'R') {
        for (std::size_t begin = 0, end = 0; (end = words.find('\n', begin)) != std::string::npos; begin = end + 1)
            addresses_.push_back(address_from(words.substr(begin, end - begin)));
        is_ready_ = true;
    }
    if (told.front() == 'W') {
        ++starts;
        const auto worker = static_cast<std::uint32_t>(std::stoul(words));
        workers_[worker] = ProcessId{std::stoi(words.substr(words.find(' ')))};
    }
}

/// Looks often: the condition comes about by what another process does.
void Served::await(const std::function<bool()>& condition) {
    const TimePoint until = co::now() + most_patience;
    while (!condition()) {
        REQUIRE_MESSAGE(co::now() < until, "the server did not do it in time");
        co::sleep(1ms);
    }
}

void Served::await_said(std::size_t count) {
    await([&] { return said.size() >= count; });
}
void Served::await_starts(std::size_t count) {
    await([&] { return starts >= count; });
}

/// Of the server's first process, within what a stop may take.
void Served::wait_for_the_end() {
    await([this] {
        auto ended = kernel->reap_child();
        REQUIRE(bool(ended));
        if (!*ended) return false;
        CHECK((*ended)->process == first_process);
        exit_code = (*ended)->exit_code;
        CHECK((*ended)->signal.has_value() == is_to_be_killed);
        CHECK(exit_code == expected_exit_code);
        return true;
    });
}

void Served::kill_some_worker() {
    if (workers_.empty()) return;  // none has started yet
    auto chosen = workers_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(kernel->random() % workers_.size()));
    static_cast<void>(kernel->send_signal(chosen->second, Signal::kill));  // unless it is gone already
}

}  // namespace co::test
