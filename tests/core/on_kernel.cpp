#include "tests/core/on_kernel.h"

#include <array>

namespace co::test {

Readiness wait_for(Kernel& kernel, Fd fd, Readiness interest, Duration most) {
    must(kernel.watch(fd, interest));
    std::array<ReadyFd, 4> ready{};
    auto found = kernel.wait(ready, kernel.now() + most);
    must(kernel.unwatch(fd));
    if (must(std::move(found)) == 0) return {};
    CHECK(ready[0].fd == fd);
    return ready[0].readiness;
}

std::string read_now(Kernel& kernel, Fd fd) {
    std::string all;
    std::array<std::byte, 4096> buffer{};
    for (;;) {
        auto got = kernel.read(fd, buffer);
        if (!got || *got == 0) return all;
        all.append(reinterpret_cast<const char*>(buffer.data()), *got);
    }
}

std::size_t fill(Kernel& kernel, Fd fd) {
    std::array<std::byte, 4096> bytes{};
    std::size_t taken = 0;
    while (auto now = kernel.write(fd, bytes)) taken += *now;
    return taken;
}

void write_all(Kernel& kernel, Fd fd, std::string_view bytes) {
    CHECK(must(kernel.write(fd, std::as_bytes(std::span(bytes.data(), bytes.size())))) == bytes.size());
}

std::error_code read_error(Kernel& kernel, Fd fd) {
    std::array<std::byte, 16> buffer{};
    return kernel.read(fd, buffer).error();
}

std::error_code write_error(Kernel& kernel, Fd fd) {
    std::array<std::byte, 1> byte{};
    return kernel.write(fd, byte).error();
}

Door open_door(Kernel& kernel, int backlog) {
    Fd fd = must(kernel.open_socket(SocketKind::tcp4));
    must(kernel.bind(fd, Address::ip4(127, 0, 0, 1, 0)));
    must(kernel.listen(fd, backlog));
    return {fd, must(kernel.local_address(fd))};
}

Fd start_to_connect(Kernel& kernel, const Address& address) {
    Fd fd = must(kernel.open_socket(SocketKind::tcp4));
    CHECK(kernel.connect(fd, address).error() == std::errc::operation_in_progress);
    return fd;
}

Ends connect_through(Kernel& kernel, const Door& door) {
    Fd caller = start_to_connect(kernel, door.address);
    REQUIRE(writable(kernel, caller));
    must(kernel.take_error(caller));
    REQUIRE(readable(kernel, door.fd));
    return {caller, must(kernel.accept(door.fd)).fd};
}

}  // namespace co::test
