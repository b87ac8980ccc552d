#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// What goes into the ground where each cell has a soil of its own (FloodOptions::retention_mm and
/// soaking_mmph): by the curve number method what it keeps of its rain, or steadily, of the water
/// that stands there after each window. What a cell should keep of its rain and has run off
/// already, it takes of the next water that comes.
class CellSoils {
 public:
  /// `zone_of_tile` is the rain series of each tile. Throws ScenarioError where the soils are not
  /// one for each of the `cells` of a grid without insets, and where another infiltration is on.
  CellSoils(const FloodOptions& options, std::size_t cells, const ShallowWaterSolver& solver,
            std::span<const std::uint32_t> zone_of_tile);

  /// Lets a window's rain, metres a second [series], and standing water soak in.
  void soak(std::span<const double> rain_mps, double seconds, ShallowWaterSolver& solver);

 private:
  void keep_of_rain(std::span<const double> rain_mps, double seconds);

  std::vector<float> retention_mm_, soaking_mps_;  // [cell]
  std::vector<std::uint32_t> zone_of_cell_;
  std::vector<double> fallen_mm_;        // [series]
  std::vector<float> owed_m_, depth_m_;  // [cell]
};

}  // namespace kontwin::flood
