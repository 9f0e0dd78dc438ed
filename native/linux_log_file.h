// LinuxLogFile: a log that several processes write to at the same time, a whole line each, and that starts afresh when
// it has grown large.
//
//     LinuxLogFile file({.file = "server.log", .rotation_bytes = 10 << 20});   // throws std::system_error
//     file.append("worker 1 is tired\n");
//
// A process that finds that the path means another file than it has open goes on in that one: so it does not matter
// who rotates, one of the processes or logrotate(8).
#pragma once

#include <cstddef>
#include <string_view>

#include <co/log_sink.h>

namespace co {

class LinuxLogFile {
  public:
    explicit LinuxLogFile(LogOptions options);
    LinuxLogFile(const LinuxLogFile&) = delete;
    LinuxLogFile& operator=(const LinuxLogFile&) = delete;
    ~LinuxLogFile();

    void append(std::string_view line);

  private:
    bool is_file() const { return !options_.file.empty(); }
    void follow();
    void make_room(std::size_t bytes);
    void rotate() const;

    LogOptions options_;
    int fd_;  // standard error's when it is no file
};

}  // namespace co
