// The calls of LinuxKernel that may block: files, names; and the helper threads that make them for coroutines.
#include <co/linux_kernel.h>

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "native/helper_threads.h"
#include "native/linux_error.h"

namespace co {
namespace {

/// An open file, closed at the end.
class OpenedFile {
  public:
    OpenedFile(std::string_view path, int flags) : fd_(::open(std::string(path).c_str(), flags | O_CLOEXEC, 0666)) {}
    OpenedFile(const OpenedFile&) = delete;
    OpenedFile& operator=(const OpenedFile&) = delete;
    ~OpenedFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_open() const { return fd_ >= 0; }
    int fd() const { return fd_; }

  private:
    int fd_;
};

/// An IPv4 address of getaddrinfo(3).
Address address_of(const addrinfo& found) {
    sockaddr_in place{};
    std::memcpy(&place, found.ai_addr, sizeof place);
    Address address;
    std::memcpy(address.ip.data(), &place.sin_addr, sizeof place.sin_addr);
    return address;
}

std::error_code error_of_lookup(int failure) {
    switch (failure) {
        case EAI_AGAIN:  // no name server answers
            return std::make_error_code(std::errc::host_unreachable);
        case EAI_MEMORY:
            return std::make_error_code(std::errc::not_enough_memory);
        case EAI_SYSTEM:
            return last_error();
        default:
            return std::make_error_code(std::errc::no_such_device_or_address);
    }
}

}  // namespace

Result<std::string> LinuxKernel::read_file(std::string_view path) {
    OpenedFile file(path, O_RDONLY);
    if (!file.is_open()) return last_error();
    std::string all;
    std::array<char, 64 * 1024> buffer;
    for (;;) {
        ssize_t got = ::read(file.fd(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return last_error();
        if (got == 0) return all;
        all.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

Result<void> LinuxKernel::write_file(std::string_view path, std::string_view content) {
    OpenedFile file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open()) return last_error();
    while (!content.empty()) {
        ssize_t taken = ::write(file.fd(), content.data(), content.size());
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return last_error();
        content.remove_prefix(static_cast<std::size_t>(taken));
    }
    return {};
}

Result<std::vector<Address>> LinuxKernel::resolve(std::string_view host) {
    addrinfo wanted{};
    wanted.ai_family = AF_INET;
    wanted.ai_socktype = SOCK_STREAM;  // else each address comes once for each kind of socket
    addrinfo* first = nullptr;
    int failure = ::getaddrinfo(std::string(host).c_str(), nullptr, &wanted, &first);
    if (failure != 0) return error_of_lookup(failure);
    std::vector<Address> addresses;
    for (const addrinfo* found = first; found; found = found->ai_next) addresses.push_back(address_of(*found));
    ::freeaddrinfo(first);
    return addresses;
}

Result<void> LinuxKernel::call_aside(ThreadBody work) {
    if (!helpers_) helpers_ = std::make_unique<HelperThreads>();
    return helpers_->give([this, work = std::move(work)] { work(*this); });
}

}  // namespace co
