#include "native/cli/storm_bugs.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

#include "core/server/message.h"

namespace co::cli {
namespace {

/// What the kernels of all processes share: which bug, and how many calls until it strikes.
struct Plan {
    Bug bug;
    std::uint64_t countdown;

    bool strikes(Bug asked) { return bug == asked && countdown > 0 && --countdown == 0; }
};

bool is_result_of_task(std::span<const std::byte> bytes) {
    server::Assembly assembly(bytes.size());
    const std::string datagram(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto message = assembly.take(datagram).message;
    return message && message->kind == server::MessageKind::finish;
}

/// Passes every call on to another kernel, but for the one that goes wrong.
class BuggyKernel final : public Kernel {
  public:
    BuggyKernel(Kernel& inner, std::shared_ptr<Plan> plan) : inner_(inner), plan_(std::move(plan)) {}

    // -- the bugs
    Result<void> watch(Fd fd, Readiness interest) override {
        if (plan_->strikes(Bug::lost_wake_up)) return {};
        return inner_.watch(fd, interest);
    }
    Result<void> close(Fd fd) override {
        if (plan_->strikes(Bug::double_close)) to_close_again_ = fd;
        return inner_.close(fd);
    }
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) override {
        if (to_close_again_) static_cast<void>(inner_.close(*std::exchange(to_close_again_, std::nullopt)));
        return inner_.wait(ready, until);
    }
    Result<std::size_t> write(Fd fd, std::span<const std::byte> bytes) override {
        if (plan_->bug == Bug::unanswered_task && is_result_of_task(bytes) && plan_->strikes(Bug::unanswered_task))
            return bytes.size();
        return inner_.write(fd, bytes);
    }
    Result<ProcessId> spawn_process(std::string_view name, ProcessBody body) override {
        return inner_.spawn_process(name, [plan = plan_, body = std::move(body)](Kernel& own) {
            BuggyKernel buggy(own, plan);
            return body(buggy);
        });
    }
    Result<void> spawn_thread(std::string_view name, ThreadBody body) override {
        return inner_.spawn_thread(name, [plan = plan_, body = std::move(body)](Kernel& own) {
            BuggyKernel buggy(own, plan);
            body(buggy);
        });
    }

    // -- everything else
    TimePoint now() const override { return inner_.now(); }
    std::chrono::system_clock::time_point wall_now() const override { return inner_.wall_now(); }
    std::uint64_t random() override { return inner_.random(); }
    std::size_t choose(std::size_t count) override { return inner_.choose(count); }
    void hold_thread(Duration duration, Holding how) override { inner_.hold_thread(duration, how); }
    void interrupt() override { inner_.interrupt(); }
    Result<void> unwatch(Fd fd) override { return inner_.unwatch(fd); }
    Result<Fd> open_socket(SocketKind kind) override { return inner_.open_socket(kind); }
    Result<std::pair<Fd, Fd>> open_socket_pair(SocketKind kind) override { return inner_.open_socket_pair(kind); }
    Result<void> bind(Fd fd, const Address& address) override { return inner_.bind(fd, address); }
    Result<void> listen(Fd fd, int backlog) override { return inner_.listen(fd, backlog); }
    Result<Accepted> accept(Fd fd) override { return inner_.accept(fd); }
    Result<void> connect(Fd fd, const Address& address) override { return inner_.connect(fd, address); }
    Result<void> take_error(Fd fd) override { return inner_.take_error(fd); }
    Result<std::size_t> read(Fd fd, std::span<std::byte> buffer) override { return inner_.read(fd, buffer); }
    Result<Datagram> receive_from(Fd fd, std::span<std::byte> buffer) override {
        return inner_.receive_from(fd, buffer);
    }
    Result<std::size_t> send_to(Fd fd, std::span<const std::byte> bytes, const Address& to) override {
        return inner_.send_to(fd, bytes, to);
    }
    Result<void> shut_down(Fd fd, ShutdownHow how) override { return inner_.shut_down(fd, how); }
    Result<void> set_option(Fd fd, SocketOption option, int value) override {
        return inner_.set_option(fd, option, value);
    }
    Result<Address> local_address(Fd fd) override { return inner_.local_address(fd); }
    Result<Address> peer_address(Fd fd) override { return inner_.peer_address(fd); }
    ProcessId process_id() const override { return inner_.process_id(); }
    Result<void> ring_at_end(ProcessId process, Fd bell) override { return inner_.ring_at_end(process, bell); }
    std::uint32_t trace_number() const override { return inner_.trace_number(); }
    Result<std::optional<ProcessEnd>> reap_child() override { return inner_.reap_child(); }
    Result<void> send_signal(ProcessId process, Signal signal) override { return inner_.send_signal(process, signal); }
    bool is_alive(ProcessId process) override { return inner_.is_alive(process); }
    Result<void> watch_signal(Signal signal) override { return inner_.watch_signal(signal); }
    std::optional<Signal> take_signal() override { return inner_.take_signal(); }
    Result<std::span<std::byte>> map_shared(std::size_t bytes) override { return inner_.map_shared(bytes); }
    Result<void> unmap_shared(std::span<std::byte> memory) override { return inner_.unmap_shared(memory); }
    Result<std::vector<Address>> resolve(std::string_view host) override { return inner_.resolve(host); }
    Result<std::vector<Address>> resolve_at_once(std::string_view host) override {
        return inner_.resolve_at_once(host);
    }
    void exit_process(int exit_code) override {
        inner_.exit_process(exit_code);
        std::abort();
    }

  private:
    Kernel& inner_;
    std::shared_ptr<Plan> plan_;
    std::optional<Fd> to_close_again_;
};

}  // namespace

ProcessBody with_bug(Bug bug, std::uint64_t seed, ProcessBody body) {
    if (bug == Bug::none) return body;
    constexpr std::uint64_t latest = 25;  // of the calls that it may strike at
    auto plan = std::make_shared<Plan>(Plan{bug, 1 + PlainChance(seed).next() % latest});
    return [plan, body = std::move(body)](Kernel& own) {
        BuggyKernel buggy(own, plan);
        return body(buggy);
    };
}

}  // namespace co::cli
