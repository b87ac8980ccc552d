#pragma once

#include <cmath>
#include <cstdint>

namespace kontwin {

/// Smooth random ground: value noise with a quintic fade (Perlin 2002) on a lattice of hashed
/// values. A function of place and seed alone, so that grids of different cell size see the same
/// hills.
class TerrainNoise {
 public:
  explicit TerrainNoise(std::uint64_t seed) : seed_(seed) {}

  /// One octave at a wavelength (metres): -1 ... 1, mean 0.
  double octave(double x_m, double y_m, double wavelength_m) const {
    const double u = x_m / wavelength_m;
    const double v = y_m / wavelength_m;
    const double column = std::floor(u);
    const double row = std::floor(v);
    const double fu = fade(u - column);
    const double fv = fade(v - row);
    const auto i = static_cast<std::int64_t>(column);
    const auto j = static_cast<std::int64_t>(row);
    const double south = value(i, j) * (1 - fu) + value(i + 1, j) * fu;
    const double north = value(i, j + 1) * (1 - fu) + value(i + 1, j + 1) * fu;
    return south * (1 - fv) + north * fv;
  }

  /// Octaves from `longest_m` down to no shorter than `shortest_m`, each half the length and
  /// `persistence` times the height of the one before; the first has height 1.
  double fractal(double x_m, double y_m, double longest_m, double shortest_m,
                 double persistence = 0.5) const {
    double sum = 0;
    double height = 1;
    double offset_m = 0;
    for (double wavelength_m = longest_m; wavelength_m >= shortest_m; wavelength_m /= 2) {
      sum += height * octave(x_m + offset_m, y_m - offset_m, wavelength_m);
      height *= persistence;
      offset_m += 1237.7;  // so that lattice lines of two octaves do not fall together
    }
    return sum;
  }

 private:
  static double fade(double t) { return t * t * t * (t * (t * 6 - 15) + 10); }

  double value(std::int64_t i, std::int64_t j) const {
    std::uint64_t z = seed_ ^ (static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15ULL) ^
                      (static_cast<std::uint64_t>(j) * 0xC2B2AE3D27D4EB4FULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1.0p-52 - 1;
  }

  std::uint64_t seed_;
};

}  // namespace kontwin
