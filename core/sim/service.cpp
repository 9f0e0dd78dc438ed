// What a simulated machine has for programs that run for long: logs in its files, and files that a process holds.
#include <co/log_sink.h>
#include <co/sim_kernel.h>

#include <cstdint>

#include "network.h"
#include "world.h"

namespace co {
namespace {

/// Appends to a simulated file. Whoever writes runs on that machine, so its moment is that of the kernel it came from.
class SimLog final : public LogSink {
  public:
    SimLog(sim::World& world, sim::Computer& host, LogOptions options)
        : world_(world), host_(host), options_(std::move(options)) {}

    void write(const LogLine& line) override {
        if (line.level < options_.level) return;
        std::string text = std::to_string(world_.engine.now().time_since_epoch().count() / 1'000'000) + " ms " +
                           std::string(to_string(line.level)) + ' ' + std::string(line.who) + " (process " +
                           std::to_string(static_cast<std::int32_t>(line.process));
        if (line.worker) text += ", worker " + std::to_string(*line.worker);
        text += "): " + std::string(line.text) + '\n';
        if (host_.used_bytes() + text.size() > world_.options.disk_bytes) return;  // as on a full disk
        host_.files[options_.file] += text;
    }

  private:
    sim::World& world_;
    sim::Computer& host_;
    LogOptions options_;
};

}  // namespace

Result<std::shared_ptr<LogSink>> SimKernel::open_log(const LogOptions& options) {
    if (options.file.empty()) return std::errc::function_not_supported;
    sim::Computer& host = *thread_->process.host;
    host.files[options.file];
    return std::shared_ptr<LogSink>(std::make_shared<SimLog>(*world_, host, options));
}

Result<void> SimKernel::hold_file(std::string_view path, std::string_view content) {
    sim::Computer& host = *thread_->process.host;
    const auto holder = host.holders.find(path);
    if (holder != host.holders.end() && is_alive(holder->second)) return std::errc::device_or_resource_busy;
    auto written = write_file(path, content);
    if (written) host.holders.insert_or_assign(std::string(path), process_id());
    return written;
}

Result<void> SimKernel::release_file(std::string_view path) {
    sim::Computer& host = *thread_->process.host;
    const auto holder = host.holders.find(path);
    if (holder == host.holders.end() || holder->second != process_id()) return std::errc::no_such_file_or_directory;
    host.holders.erase(holder);
    host.files.erase(std::string(path));
    return {};
}

}  // namespace co
