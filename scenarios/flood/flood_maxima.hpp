#pragma once

#include <vector>

#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/peak_maps.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/frame.hpp"

namespace kontwin::flood {

/// The peak maps of all grids of a flood. Ground of the outer grid under an inset shows the worst
/// of the inset's cells there: the earliest arrival, the longest stay, the largest of all else.
class FloodMaxima {
 public:
  /// `grids` must outlive it. Throws ScenarioError as PeakMaps does.
  FloodMaxima(const FloodGrids& grids, double wet_depth_m);

  /// From now on `water`, which is of these grids, notes its maxima here.
  void record(ShallowWaterSolver& water);
  /// The greatest depth of each cell, as FloodGrids numbers them.
  std::vector<float> deepest_m() const;
  /// Adds the maps of each grid, `now_s` after the beginning.
  void summarise(double now_s, RunSummary& summary) const;

 private:
  /// How values of an inset become one of the ground under it.
  enum class Worst { largest, smallest };
  void cover(std::size_t number, const std::vector<float>& fine, Worst worst,
             std::vector<float>& outer) const;

  const FloodGrids& grids_;
  std::vector<PeakMaps> maps_;  // [grid]
};

}  // namespace kontwin::flood
