#include <co/tcp_client.h>

#include <stdexcept>
#include <utility>

#include <co/resolve.h>

namespace co {
namespace {

constexpr std::size_t read_at_once = 16 * 1024;

/// What the call says, else what the client says, else the default; as a moment, for all steps of a call together.
Deadline limit(std::optional<Deadline> of_call, std::optional<Deadline> of_client, Deadline otherwise) {
    Deadline chosen = of_call.value_or(of_client.value_or(otherwise));
    return chosen.is_forever() ? chosen : Deadline(chosen.expiry(Scheduler::current().now()));
}

}  // namespace

TcpClient::TcpClient(TcpClientOptions options) : options_(std::move(options)), framer_(options_.framing) {}

Result<void> TcpClient::connect(std::string_view host, std::uint16_t port, std::optional<Deadline> deadline) {
    OneUser::Turn sends(sending_, "connect()"), receives(receiving_, "connect()");
    const Deadline until = limit(deadline, options_.timeouts.connect, default_connect_timeout);
    const auto address = look_up(host, port, until);
    if (!address) return address.error();
    close();
    return open(*address, until);
}

Result<void> TcpClient::connect(const Address& address, std::optional<Deadline> deadline) {
    OneUser::Turn sends(sending_, "connect()"), receives(receiving_, "connect()");
    close();
    return open(address, limit(deadline, options_.timeouts.connect, default_connect_timeout));
}

Result<void> TcpClient::open(const Address& address, Deadline deadline) {
    auto opened = Stream::connect(address, deadline);
    if (!opened) return opened.error();
    stream_ = *std::move(opened);
    return {};
}

void TcpClient::close() {
    stream_.close();
    framer_ = Framer(options_.framing);
    peeked_.reset();
    deferred_.clear();
    refusal_.clear();
}

Result<void> TcpClient::send(std::string_view bytes, std::optional<Deadline> deadline) {
    OneUser::Turn turn(sending_, "send()");
    if (!stream_.is_open()) return std::errc::not_connected;
    if (!defers_ && deferred_.empty())
        return stream_.write_all(bytes, limit(deadline, options_.timeouts.send, default_io_timeout));
    deferred_ += bytes;
    if (!defers_) return send_deferred(limit(deadline, options_.timeouts.send, default_io_timeout));
    // Until nothing more fits: that less was taken than was there does not say that the buffer is full.
    auto sent = send_deferred(std::chrono::seconds(0));
    return sent.error() == std::errc::timed_out ? Result<void>() : sent;
}

Result<void> TcpClient::send_deferred(Deadline deadline) {
    while (!deferred_.empty()) {
        auto taken = stream_.write_some(deferred_, deadline);
        if (!taken) return taken.error();
        deferred_.erase(0, *taken);
    }
    return {};
}

Result<std::string> TcpClient::receive(std::optional<Deadline> deadline) {
    OneUser::Turn turn(receiving_, "receive()");
    if (peeked_) return *std::exchange(peeked_, std::nullopt);
    return next_packet(limit(deadline, options_.timeouts.receive, default_io_timeout));
}

Result<std::string> TcpClient::receive_exactly(std::size_t bytes, std::optional<Deadline> deadline) {
    OneUser::Turn turn(receiving_, "receive_exactly()");
    if (bytes == 0) throw std::invalid_argument("receive_exactly(): 1 byte or more");
    if (options_.framing.kind != FramingKind::none)
        throw std::logic_error("receive_exactly() is for clients without framing: this one receives packets");
    const Deadline moment = limit(deadline, options_.timeouts.receive, default_io_timeout);
    std::string all = std::exchange(peeked_, std::nullopt).value_or("");
    while (all.size() < bytes) {
        auto more = next_packet(moment);
        if (more && !more->empty()) {
            all += *more;
            continue;
        }
        if (!more && !all.empty()) peeked_ = std::move(all);
        if (!more) return more.error();
        if (all.empty()) return all;
        return std::errc::connection_aborted;
    }
    if (all.size() > bytes) peeked_ = all.substr(bytes);
    all.resize(bytes);
    return all;
}

Result<std::string> TcpClient::peek(std::optional<Deadline> deadline) {
    OneUser::Turn turn(receiving_, "peek()");
    if (peeked_) return *peeked_;
    auto packet = next_packet(limit(deadline, options_.timeouts.receive, default_io_timeout));
    if (packet && !packet->empty()) peeked_ = *packet;
    return packet;
}

Result<std::string> TcpClient::next_packet(Deadline deadline) {
    if (!stream_.is_open()) return std::errc::not_connected;
    if (!deferred_.empty()) {
        OneUser::Turn turn(sending_, "receive(), which sends what set_defer() left");
        if (auto sent = send_deferred(deadline); !sent) return sent.error();
    }
    for (;;) {
        Framed framed = framer_.next();
        if (framed.status == FrameStatus::packet) return std::string(framed.bytes);
        if (framed.status == FrameStatus::refused) return refuse(std::move(framed.reason));
        auto got = stream_.read(framer_.room(read_at_once), deadline);
        if (!got) return got.error();
        framer_.filled(*got);
        if (*got > 0) continue;
        if (framer_.buffered() > 0) return std::errc::connection_aborted;
        return std::string();
    }
}

/// Where the next packet begins is unknown: the connection is of no more use.
Result<std::string> TcpClient::refuse(std::string reason) {
    stream_.close();
    refusal_ = std::move(reason);
    return std::errc::bad_message;
}

}  // namespace co
