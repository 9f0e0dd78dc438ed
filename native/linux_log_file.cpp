#include "native/linux_log_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

#include "native/linux_error.h"

namespace co {
namespace {

int open_to_append(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
}

bool is_same(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// Whether the path means what is open there.
bool means(const std::string& path, int fd) {
    struct stat there {};
    struct stat opened {};
    return stat(path.c_str(), &there) == 0 && fstat(fd, &opened) == 0 && is_same(there, opened);
}

/// A daemon's standard streams go to its log: they go where it goes.
void take_along(int before, int after) {
    struct stat old {};
    if (fstat(before, &old) != 0) return;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat its {};
        if (fstat(stream, &its) == 0 && is_same(its, old)) dup2(after, stream);
    }
}

}  // namespace

LinuxLogFile::LinuxLogFile(LogOptions options)
    : options_(std::move(options)), fd_(is_file() ? open_to_append(options_.file) : STDERR_FILENO) {
    if (fd_ < 0) throw std::system_error(last_error(), "log_file " + options_.file);
}

LinuxLogFile::~LinuxLogFile() {
    if (is_file()) ::close(fd_);
}

/// In one call, so that the lines of several processes never mix.
void LinuxLogFile::append(std::string_view line) {
    if (is_file()) make_room(line.size());
    while (!line.empty()) {
        const ssize_t taken = uninterrupted([&] { return ::write(fd_, line.data(), line.size()); });
        if (taken <= 0) return;  // a full disk: there is nobody to tell
        line.remove_prefix(static_cast<std::size_t>(taken));
    }
}

/// Somebody may have given the path to another file, or have removed it.
void LinuxLogFile::follow() {
    if (means(options_.file, fd_)) return;
    const int next = open_to_append(options_.file);
    if (next < 0) return;  // better the old one than none
    take_along(fd_, next);
    ::close(std::exchange(fd_, next));
}

void LinuxLogFile::make_room(std::size_t bytes) {
    follow();
    if (options_.rotation_bytes == 0) return;
    struct stat now {};
    if (fstat(fd_, &now) != 0 || now.st_size == 0) return;
    if (static_cast<std::uint64_t>(now.st_size) + bytes <= options_.rotation_bytes) return;
    rotate();
    follow();
}

/// Processes that come to it at the same moment take turns; who comes second finds it done. fd_ will not do for the
/// lock: forked processes have it together.
void LinuxLogFile::rotate() const {
    const int turn = open_to_append(options_.file);
    if (turn < 0) return;
    if (uninterrupted([&] { return flock(turn, LOCK_EX); }) == 0 && means(options_.file, turn) &&
        means(options_.file, fd_)) {
        const auto kept = [this](std::uint32_t number) { return options_.file + '.' + std::to_string(number); };
        for (std::uint32_t number = options_.rotation_files; number > 1; --number)
            static_cast<void>(std::rename(kept(number - 1).c_str(), kept(number).c_str()));  // perhaps there is none
        static_cast<void>(std::rename(options_.file.c_str(), kept(1).c_str()));
    }
    ::close(turn);
}

}  // namespace co
