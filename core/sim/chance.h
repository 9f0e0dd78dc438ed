// Chance: a simulated machine's only source of anything that could be otherwise.
//
//     Chance chance(42);
//     std::size_t next = chance.choose(ready.size());
//
// Seed 0 is the plain machine: the first of equals, no short reads, no jitter.
#pragma once

#include <cstddef>
#include <cstdint>

namespace co::sim {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : seed_(seed), state_(seed) {}

    std::uint64_t seed() const { return seed_; }
    bool is_plain() const { return seed_ == 0; }

    /// SplitMix64 (Steele, Lea, Flood 2014): small, good, and the same on every platform.
    std::uint64_t random() {
        std::uint64_t bits = state_ += 0x9E3779B97F4A7C15ull;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
        return bits ^ (bits >> 31);
    }
    /// One of `count` equals, of which there is at least one.
    std::size_t choose(std::size_t count) { return is_plain() || count < 2 ? 0 : random() % count; }
    /// In so many cases out of one. Drawn for every seed, also 0: loss is loss on the plain machine too.
    bool happens(double probability) { return probability > 0 && fraction() < probability; }
    /// From 0 to below 1.
    double fraction() { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

  private:
    std::uint64_t seed_;
    std::uint64_t state_;
};

}  // namespace co::sim
