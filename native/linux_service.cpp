// What LinuxKernel does for a program that runs for long: files that it holds, leaving the terminal, limits.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <co/linux_kernel.h>

#include "native/linux_error.h"

namespace co {
namespace {

/// Whether the path still means this open file, which somebody may have removed meanwhile.
bool is_at(const std::string& path, int fd) {
    struct stat opened {};
    struct stat there {};
    return fstat(fd, &opened) == 0 && stat(path.c_str(), &there) == 0 && opened.st_dev == there.st_dev &&
           opened.st_ino == there.st_ino;
}

std::error_code write_all(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t taken = uninterrupted([&] { return ::write(fd, content.data(), content.size()); });
        if (taken < 0) return last_error();
        content.remove_prefix(static_cast<std::size_t>(taken));
    }
    return {};
}

/// `fd` becomes what is open there, with the standard stream's number.
Result<void> become(int opened, int stream) {
    if (opened < 0) return last_error();
    const int done = dup2(opened, stream);  // the copy stays open over exec(), as standard streams do
    const std::error_code why = last_error();
    if (opened != stream) ::close(opened);
    if (done < 0) return why;
    return {};
}

}  // namespace

std::optional<std::size_t> LinuxKernel::descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return static_cast<std::size_t>(limit.rlim_cur);
}

/// The lock goes with the process, whatever ends it: so a file that was left behind is taken over.
Result<void> LinuxKernel::hold_file(std::string_view path, std::string_view content) {
    const std::string its_path(path);
    for (;;) {
        const int fd = ::open(its_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
        if (fd < 0) return last_error();
        std::error_code why;
        const bool is_held = flock(fd, LOCK_EX | LOCK_NB) == 0;
        if (!is_held)
            why = errno == EWOULDBLOCK ? std::make_error_code(std::errc::device_or_resource_busy) : last_error();
        else if (!is_at(its_path, fd)) {  // its holder removed it just now: this lock is of no use
            ::close(fd);
            continue;
        } else if (ftruncate(fd, 0) != 0)
            why = last_error();
        else
            why = write_all(fd, content);
        if (why) {
            if (is_held) ::unlink(its_path.c_str());  // empty, it would say nothing
            ::close(fd);
            return why;
        }
        held_files_.insert_or_assign(its_path, fd);
        return {};
    }
}

Result<void> LinuxKernel::release_file(std::string_view path) {
    const auto held = held_files_.find(std::string(path));
    if (held == held_files_.end()) return std::errc::no_such_file_or_directory;
    const bool is_removed = ::unlink(held->first.c_str()) == 0;
    const std::error_code why = last_error();
    ::close(held->second);
    held_files_.erase(held);
    if (!is_removed) return why;
    return {};
}

Result<void> LinuxKernel::detach(std::string_view output) {
    if (setsid() < 0 && errno != EPERM) return last_error();  // EPERM: it leads a group, so it was detached before
    auto silent = become(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    if (!silent) return silent.error();
    const std::string path = output.empty() ? "/dev/null" : std::string(output);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
        const int opened = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
        if (auto done = become(opened, stream); !done) return done.error();
    }
    return {};
}

}  // namespace co
