#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace kontwin {

/// A stream of random numbers that belongs to one thing (a household, a vehicle) and depends on
/// nothing but the run's seed, the thing's number and the purpose: so that an edit in one corner
/// does not reshuffle the province. SplitMix64 (Steele, Lea, Flood 2014): the same on every
/// machine, unlike the distributions of the standard library.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t thing, std::uint64_t purpose = 0)
      : state_(mix(mix(mix(seed) ^ thing) ^ (purpose + golden))) {}

  /// 64 random bits.
  std::uint64_t next() { return mix(state_ += golden); }
  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform among 0 ... count-1; `count` above 0.
  std::uint64_t below(std::uint64_t count) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(count));
  }
  /// Standard normal, by Box and Muller's method.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }
  /// With the given mean; `mean` above 0.
  double exponential(double mean) { return -mean * std::log(1 - uniform()); }

 private:
  static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;
  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace kontwin
