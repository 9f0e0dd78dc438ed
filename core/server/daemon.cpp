#include "daemon.h"

#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <co/children.h>

#include "stage.h"

namespace co::server {
namespace {

// What the daemon says to whoever started it: that it serves, or why it does not. Its end is marked, for the server's
// other processes have the line open, too.
constexpr char it_serves = '+';
constexpr char end_of_reason = '\0';

std::optional<ProcessId> process_in(std::string_view content) {
    std::int32_t number = 0;
    const auto [end, failed] = std::from_chars(content.data(), content.data() + content.size(), number);
    if (failed != std::errc() || number <= 0) return std::nullopt;
    return ProcessId{number};
}

void require_nobody(Kernel& kernel, const std::string& path) {
    const auto content = kernel.read_file(path);
    const auto process = content ? process_in(*content) : std::nullopt;
    if (!process || *process == kernel.process_id() || !kernel.is_alive(*process)) return;
    throw std::runtime_error("pid_file " + path + ": process " + std::to_string(static_cast<std::int32_t>(*process)) +
                             " is running; stop it first, or remove the file if that is another program");
}

/// Until the daemon says that it serves, or has said why not, or has ended.
std::string heard_from(Stream& daemon) {
    std::string told;
    for (;;) {
        const auto got = daemon.read_some();
        if (!got || got->empty()) return told;
        told += *got;
        if (told.front() == it_serves || told.back() == end_of_reason) return told;
    }
}

}  // namespace

PidFile::PidFile(Kernel& kernel, std::string path) : kernel_(kernel), path_(std::move(path)) {
    if (path_.empty()) return;
    require_nobody(kernel_, path_);
    const auto number = std::to_string(static_cast<std::int32_t>(kernel_.process_id())) + '\n';
    const auto held = kernel_.hold_file(path_, number);
    if (held) return;
    if (held.error() == std::errc::device_or_resource_busy)
        throw std::runtime_error("pid_file " + path_ + ": another server has it, which is just starting or ending");
    throw std::system_error(held.error(), "pid_file " + path_);
}

PidFile::~PidFile() {
    if (!path_.empty()) static_cast<void>(kernel_.release_file(path_));
}

int launch_apart(const std::shared_ptr<Plan>& plan, const Serve& serve) {
    struct Process {  // the daemon's own
        const ServerEvents* events = nullptr;
        int exit_code = 1;
    };
    const auto process = std::make_shared<Process>();
    const Children::Runner runner = [plan, process, sink = Scheduler::current().sink()](
                                        Kernel& own, const std::string& name, const std::function<void()>& main) {
        run_process(own, *plan, sink, name, [&](const ServerEvents& events) {
            process->events = &events;
            main();
        });
        return process->exit_code;
    };
    const auto body = [process, serve](Stream& caller) {
        try {
            process->exit_code = serve(*process->events, [&caller] {
                static_cast<void>(caller.write_all(std::string(1, it_serves)));
                caller.close();
            });
        } catch (const std::exception& error) {
            static_cast<void>(caller.write_all(std::string("-") + error.what() + end_of_reason));
        }
    };
    Children children;
    auto daemon = children.start("master", body, runner);
    if (!daemon) throw std::system_error(daemon.error(), "starting a daemon");
    const std::string told = heard_from(daemon->line);
    const bool serves = !told.empty() && told.front() == it_serves;
    if (!serves) static_cast<void>(children.wait(daemon->id));
    if (serves) return 0;
    if (told.size() < 2) throw std::runtime_error("the server ended as it started; its log may say why");
    throw std::runtime_error(told.substr(1, told.size() - 2));
}

}  // namespace co::server
