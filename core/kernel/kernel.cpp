// What a kernel that lacks a facility answers.
#include <co/kernel.h>
#include <co/log_sink.h>

#include <cstdlib>

namespace co {
namespace {
constexpr std::errc not_supported = std::errc::function_not_supported;
}

Result<void> Kernel::watch(Fd, Readiness) { return not_supported; }
Result<void> Kernel::unwatch(Fd) { return not_supported; }

Result<Fd> Kernel::open_socket(SocketKind) { return not_supported; }
Result<std::pair<Fd, Fd>> Kernel::open_socket_pair(SocketKind) { return not_supported; }
Result<void> Kernel::bind(Fd, const Address&) { return not_supported; }
Result<void> Kernel::listen(Fd, int) { return not_supported; }
Result<Accepted> Kernel::accept(Fd) { return not_supported; }
Result<void> Kernel::connect(Fd, const Address&) { return not_supported; }
Result<void> Kernel::take_error(Fd) { return not_supported; }
Result<std::size_t> Kernel::read(Fd, std::span<std::byte>) { return not_supported; }
Result<std::size_t> Kernel::write(Fd, std::span<const std::byte>) { return not_supported; }
Result<Datagram> Kernel::receive_from(Fd, std::span<std::byte>) { return not_supported; }
Result<std::size_t> Kernel::send_to(Fd, std::span<const std::byte>, const Address&) { return not_supported; }
Result<void> Kernel::shut_down(Fd, ShutdownHow) { return not_supported; }
Result<void> Kernel::close(Fd) { return not_supported; }
Result<void> Kernel::set_option(Fd, SocketOption, int) { return not_supported; }
Result<Address> Kernel::local_address(Fd) { return not_supported; }
Result<Address> Kernel::peer_address(Fd) { return not_supported; }

Result<ProcessId> Kernel::spawn_process(std::string_view, ProcessBody) { return not_supported; }
Result<void> Kernel::spawn_thread(std::string_view, ThreadBody) { return not_supported; }
Result<std::optional<ProcessEnd>> Kernel::reap_child() { return not_supported; }
Result<void> Kernel::send_signal(ProcessId, Signal) { return not_supported; }
bool Kernel::is_alive(ProcessId) { return true; }
Result<void> Kernel::ring_at_end(ProcessId, Fd) { return std::errc::function_not_supported; }
Result<void> Kernel::watch_signal(Signal) { return not_supported; }
std::optional<Signal> Kernel::take_signal() { return std::nullopt; }
void Kernel::exit_process(int exit_code) { std::exit(exit_code); }
std::optional<std::size_t> Kernel::descriptor_limit() { return std::nullopt; }

Result<std::shared_ptr<LogSink>> Kernel::open_log(const LogOptions&) { return not_supported; }
Result<void> Kernel::hold_file(std::string_view, std::string_view) { return not_supported; }
Result<void> Kernel::release_file(std::string_view) { return not_supported; }
Result<void> Kernel::detach(std::string_view) { return not_supported; }

Result<Command> Kernel::spawn_command(std::string_view) { return not_supported; }
Result<ProcessEnd> Kernel::reap_command(ProcessId) { return not_supported; }
Result<void> Kernel::kill_command(ProcessId) { return not_supported; }

Result<std::span<std::byte>> Kernel::map_shared(std::size_t) { return not_supported; }
Result<void> Kernel::unmap_shared(std::span<std::byte>) { return not_supported; }

Result<void> Kernel::call_aside(ThreadBody) { return not_supported; }
Result<std::string> Kernel::read_file(std::string_view) { return not_supported; }
Result<void> Kernel::write_file(std::string_view, std::string_view) { return not_supported; }
Result<std::vector<Address>> Kernel::resolve(std::string_view) { return not_supported; }
Result<std::vector<Address>> Kernel::resolve_at_once(std::string_view host) {
    if (auto address = Address::parse(host)) return std::vector{*address};
    return std::errc::operation_would_block;
}

}  // namespace co
