// To be preloaded: makes a system call fail, again and again.
//
//     LD_PRELOAD=fault_shim.so COSTUDIO_FAULT="send 104 5" program      # every fifth send() says ECONNRESET
//
// 32 is EPIPE, see errno(3). Each process counts for itself. A reset strikes connections of clients alone, unless a
// fourth word is "inside": then only what a server's own processes say to each other.
#include <dlfcn.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

struct Fault {
    char call[32] = "";
    int error = 0;
    unsigned every = 0;  // 0: never
    char where[8] = "";
};

Fault read_fault() {
    Fault fault;
    const char* text = getenv("COSTUDIO_FAULT");
    if (text && std::sscanf(text, "%31s %d %u %7s", fault.call, &fault.error, &fault.every, fault.where) < 3)
        fault.every = 0;
    return fault;
}

int family_of(int fd) {
    int family = 0;
    socklen_t size = sizeof family;
    return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 ? family : AF_UNSPEC;
}

bool is_mailbox(int fd) {
    int type = 0;
    socklen_t size = sizeof type;
    return family_of(fd) == AF_UNIX && getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_DGRAM;
}

bool may_strike(const Fault& fault, int fd) {
    if (std::strcmp(fault.where, "inside") == 0) return is_mailbox(fd);
    // A client resets its connection. The lines between a server's own processes end when one of them dies, not before.
    const bool is_reset = fault.error == ECONNRESET || fault.error == EPIPE;
    return !is_reset || fd < 0 || family_of(fd) == AF_INET;
}

bool fails(const char* call, int fd = -1) {
    static const Fault fault = read_fault();
    static unsigned calls = 0;
    if (fault.every == 0 || std::strcmp(call, fault.call) != 0) return false;
    if (!may_strike(fault, fd)) return false;
    if (__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) % fault.every != 0) return false;
    errno = fault.error;
    return true;
}

}  // namespace

#define FAULTY(RESULT, CALL, PARAMETERS, ARGUMENTS)                                               \
    extern "C" RESULT CALL PARAMETERS {                                                           \
        static const auto real = reinterpret_cast<RESULT(*) PARAMETERS>(dlsym(RTLD_NEXT, #CALL)); \
        return fails(#CALL) ? (RESULT)-1 : real ARGUMENTS;                                        \
    }
/// The same for a call whose first parameter is `fd`.
#define FAULTY_ON(RESULT, CALL, PARAMETERS, ARGUMENTS)                                            \
    extern "C" RESULT CALL PARAMETERS {                                                           \
        static const auto real = reinterpret_cast<RESULT(*) PARAMETERS>(dlsym(RTLD_NEXT, #CALL)); \
        return fails(#CALL, fd) ? (RESULT)-1 : real ARGUMENTS;                                    \
    }

FAULTY(int, accept4, (int fd, sockaddr* address, socklen_t* size, int flags), (fd, address, size, flags))
FAULTY(int, connect, (int fd, const sockaddr* address, socklen_t size), (fd, address, size))
FAULTY(int, epoll_ctl, (int epoll, int call, int fd, epoll_event* event), (epoll, call, fd, event))
FAULTY(int, epoll_pwait2, (int epoll, epoll_event* events, int count, const timespec* limit, const __sigset_t* signals),
       (epoll, events, count, limit, signals))
FAULTY(int, eventfd, (unsigned count, int flags), (count, flags))
FAULTY(pid_t, fork, (), ())
FAULTY(int, getsockopt, (int fd, int level, int option, void* value, socklen_t* size), (fd, level, option, value, size))
FAULTY(int, setsockopt, (int fd, int level, int option, const void* value, socklen_t size),
       (fd, level, option, value, size))
FAULTY(int, getpeername, (int fd, sockaddr* address, socklen_t* size), (fd, address, size))
FAULTY(int, listen, (int fd, int backlog), (fd, backlog))
FAULTY_ON(ssize_t, read, (int fd, void* bytes, size_t count), (fd, bytes, count))
FAULTY_ON(ssize_t, recv, (int fd, void* bytes, size_t count, int flags), (fd, bytes, count, flags))
FAULTY(ssize_t, recvfrom, (int fd, void* bytes, size_t count, int flags, sockaddr* address, socklen_t* size),
       (fd, bytes, count, flags, address, size))
FAULTY_ON(ssize_t, send, (int fd, const void* bytes, size_t count, int flags), (fd, bytes, count, flags))
FAULTY(ssize_t, sendto, (int fd, const void* bytes, size_t count, int flags, const sockaddr* address, socklen_t size),
       (fd, bytes, count, flags, address, size))
FAULTY(int, shutdown, (int fd, int how), (fd, how))
FAULTY(int, socket, (int family, int type, int protocol), (family, type, protocol))
FAULTY(int, socketpair, (int family, int type, int protocol, int* ends), (family, type, protocol, ends))
FAULTY(pid_t, waitpid, (pid_t process, int* status, int options), (process, status, options))

/// Memory of a process's own is another matter: only what processes share.
extern "C" void* mmap(void* place, size_t bytes, int protection, int flags, int fd, off_t offset) noexcept {
    static const auto real = reinterpret_cast<void* (*)(void*, size_t, int, int, int, off_t)>(dlsym(RTLD_NEXT, "mmap"));
    if ((flags & MAP_SHARED) != 0 && fails("mmap")) return MAP_FAILED;
    return real(place, bytes, protection, flags, fd, offset);
}
