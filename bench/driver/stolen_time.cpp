#include "bench/driver/stolen_time.h"

#include <fstream>
#include <sstream>
#include <string>

namespace co::bench {
namespace {

Ticks ticks_now() {
    std::ifstream file("/proc/stat");
    std::string line;
    std::getline(file, line);
    return read_ticks(line);
}

}  // namespace

/// "cpu  user nice system idle iowait irq softirq steal …": what follows is part of user and nice; see proc(5).
Ticks read_ticks(std::string_view line) {
    constexpr int place_of_steal = 7;
    std::istringstream words{std::string(line)};
    std::string name;
    words >> name;
    Ticks ticks;
    std::uint64_t count = 0;
    for (int place = 0; place <= place_of_steal && words >> count; ++place) {
        ticks.all += count;
        if (place == place_of_steal) ticks.stolen = count;
    }
    return name == "cpu" ? ticks : Ticks{};
}

StolenTime::StolenTime() : before_(ticks_now()) {}

double StolenTime::share() const {
    const Ticks now = ticks_now();
    if (now.all <= before_.all) return 0;
    return static_cast<double>(now.stolen - before_.stolen) / static_cast<double>(now.all - before_.all);
}

}  // namespace co::bench
