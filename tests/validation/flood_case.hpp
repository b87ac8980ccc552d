#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "twin/terrain.hpp"

namespace kontwin::validation {

/// Level ground at 0 m of one roughness.
inline TerrainGrid flat(std::size_t columns, std::size_t rows, double cell_m, float manning_n) {
  const GridShape shape{.cell_m = cell_m, .columns = columns, .rows = rows};
  return {"test", Raster<float>(shape, 0), Raster<float>(shape, manning_n)};
}

/// Σ|a - b| / Σ|b|
inline double relative_l1(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += std::abs(a[i] - b[i]);
    size += std::abs(b[i]);
  }
  return difference / size;
}

}  // namespace kontwin::validation
