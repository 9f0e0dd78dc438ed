#include "visualizer/platform/file_watch.h"

namespace co::studio {

FileWatch::FileWatch(std::filesystem::path file) : file_(std::move(file)), seen_(look()) {}

FileWatch::Stamp FileWatch::look() const {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file_, error);
    if (error) return {};
    const auto size = std::filesystem::file_size(file_, error);
    return error ? Stamp{} : Stamp{written, size};
}

bool FileWatch::changed() {
    const Stamp now = look();
    if (now == Stamp{} || now == seen_) return false;
    seen_ = now;
    return true;
}

}  // namespace co::studio
