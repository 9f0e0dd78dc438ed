// StolenTime: how much of this machine's processors its host gave to others meanwhile, where it is a virtual one. What
// was measured then says little.
//
//     const StolenTime stolen;
//     measure();
//     if (stolen.share() > 0.02) measure_again();
#pragma once

#include <cstdint>
#include <string_view>

namespace co::bench {

/// Of all processors, in the system's ticks; from the first line of /proc/stat.
struct Ticks {
    std::uint64_t all = 0;
    std::uint64_t stolen = 0;
};

/// Zeroes for a line that is none.
Ticks read_ticks(std::string_view line);

class StolenTime {
  public:
    /// From now on.
    StolenTime();
    /// From 0 to 1; 0 where nobody tells.
    double share() const;

  private:
    Ticks before_;
};

}  // namespace co::bench
