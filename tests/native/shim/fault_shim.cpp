// To be preloaded: makes a system call fail, again and again.
//
//     LD_PRELOAD=fault_shim.so COSTUDIO_FAULT="send 104 5" program      # every fifth send() says ECONNRESET
//
// 32 is EPIPE, see errno(3). Each process counts for itself. A reset strikes connections of clients alone, unless a
// fourth word is "inside": then only what a server's own processes say to each other.
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
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
FAULTY(int, bind, (int fd, const sockaddr* address, socklen_t size), (fd, address, size))
FAULTY(int, connect, (int fd, const sockaddr* address, socklen_t size), (fd, address, size))
FAULTY(int, dup2, (int fd, int other), (fd, other))
FAULTY(int, epoll_create1, (int flags), (flags))
FAULTY(int, epoll_ctl, (int epoll, int call, int fd, epoll_event* event), (epoll, call, fd, event))
FAULTY(int, epoll_pwait2, (int epoll, epoll_event* events, int count, const timespec* limit, const __sigset_t* signals),
       (epoll, events, count, limit, signals))
FAULTY(int, eventfd, (unsigned count, int flags), (count, flags))
FAULTY(int, flock, (int fd, int operation), (fd, operation))
FAULTY(pid_t, fork, (), ())
FAULTY(int, ftruncate, (int fd, off_t length), (fd, length))
FAULTY(ssize_t, getrandom, (void* buffer, size_t size, unsigned flags), (buffer, size, flags))
FAULTY(int, getsockname, (int fd, sockaddr* address, socklen_t* size), (fd, address, size))
FAULTY(int, getsockopt, (int fd, int level, int option, void* value, socklen_t* size), (fd, level, option, value, size))
FAULTY(int, setsockopt, (int fd, int level, int option, const void* value, socklen_t size),
       (fd, level, option, value, size))
FAULTY(int, getpeername, (int fd, sockaddr* address, socklen_t* size), (fd, address, size))
FAULTY(int, kill, (pid_t process, int number), (process, number))
FAULTY(int, listen, (int fd, int backlog), (fd, backlog))
FAULTY(int, pipe2, (int* ends, int flags), (ends, flags))
FAULTY_ON(ssize_t, read, (int fd, void* bytes, size_t count), (fd, bytes, count))
FAULTY_ON(ssize_t, recv, (int fd, void* bytes, size_t count, int flags), (fd, bytes, count, flags))
FAULTY(ssize_t, recvfrom, (int fd, void* bytes, size_t count, int flags, sockaddr* address, socklen_t* size),
       (fd, bytes, count, flags, address, size))
FAULTY_ON(ssize_t, send, (int fd, const void* bytes, size_t count, int flags), (fd, bytes, count, flags))
FAULTY(ssize_t, sendto, (int fd, const void* bytes, size_t count, int flags, const sockaddr* address, socklen_t size),
       (fd, bytes, count, flags, address, size))
FAULTY(pid_t, setsid, (), ())
FAULTY(int, shutdown, (int fd, int how), (fd, how))
FAULTY(int, socket, (int family, int type, int protocol), (family, type, protocol))
FAULTY(int, socketpair, (int family, int type, int protocol, int* ends), (family, type, protocol, ends))
FAULTY(int, waitid, (idtype_t kind, id_t id, siginfo_t* info, int options), (kind, id, info, options))
FAULTY(pid_t, waitpid, (pid_t process, int* status, int options), (process, status, options))
FAULTY(ssize_t, write, (int fd, const void* bytes, size_t count), (fd, bytes, count))

/// Those that answer with the reason itself.
#define REFUSING(CALL, PARAMETERS, ARGUMENTS)                                                  \
    extern "C" int CALL PARAMETERS {                                                           \
        static const auto real = reinterpret_cast<int(*) PARAMETERS>(dlsym(RTLD_NEXT, #CALL)); \
        return fails(#CALL) ? errno : real ARGUMENTS;                                          \
    }

REFUSING(posix_spawn,
         (pid_t * child, const char* path, const posix_spawn_file_actions_t* files, const posix_spawnattr_t* attributes,
          char* const* words, char* const* variables),
         (child, path, files, attributes, words, variables))
REFUSING(pthread_create, (pthread_t * thread, const pthread_attr_t* attributes, void* (*body)(void*), void* argument),
         (thread, attributes, body, argument))

/// Under ThreadSanitizer the library forks by this one (native/linux_processes.cpp).
extern "C" pid_t _Fork() {
    static const auto real = reinterpret_cast<pid_t (*)()>(dlsym(RTLD_NEXT, "_Fork"));
    return fails("fork") ? -1 : real();
}

extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* wanted, addrinfo** found) {
    static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return fails("getaddrinfo") ? EAI_SYSTEM : real(host, service, wanted, found);
}

extern "C" int open(const char* path, int flags, ...) {
    static const auto real = reinterpret_cast<int (*)(const char*, int, ...)>(dlsym(RTLD_NEXT, "open"));
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails("open") ? -1 : real(path, flags, mode);
}

/// For calls that glibc has no name for: only pidfd_open() fails.
extern "C" long syscall(long number, ...) noexcept {
    static const auto real = reinterpret_cast<long (*)(long, ...)>(dlsym(RTLD_NEXT, "syscall"));
    long words[6];
    va_list rest;
    va_start(rest, number);
    for (long& word : words) word = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_pidfd_open && fails("pidfd_open")) return -1;
    return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

/// Memory of a process's own is another matter: only what processes share.
extern "C" void* mmap(void* place, size_t bytes, int protection, int flags, int fd, off_t offset) noexcept {
    static const auto real = reinterpret_cast<void* (*)(void*, size_t, int, int, int, off_t)>(dlsym(RTLD_NEXT, "mmap"));
    if ((flags & MAP_SHARED) != 0 && fails("mmap")) return MAP_FAILED;
    return real(place, bytes, protection, flags, fd, offset);
}
