#pragma once

#include <span>
#include <vector>

#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/green_ampt.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// What of the rain and of standing water goes into the ground (FloodOptions::infiltration).
///
/// By the curve number rain loses its share before it falls on the grid. By Green and Ampt's
/// equation all of it falls, and each cell takes in what its soil can of the water that stands on
/// it, wherever that came from, after each window; channels take nothing. Rain on high ground
/// (flood/uplands.hpp) is lessened by the same equation before it comes down.
class Infiltration {
 public:
  /// `open` [cell] 1 where the ground takes water in, 0 in channels; `series` of rain.
  /// Throws ScenarioError when the options make no sense.
  Infiltration(const FloodOptions& options, std::vector<float> open, std::size_t series);

  bool any() const { return kind_ != FloodInfiltration::none; }
  /// What is left of a window's rain, metres a second [series]: on the grid, and on high ground.
  struct Rain {
    std::vector<double> grid_mps, upland_mps;
  };
  Rain lessen(std::vector<double> rain_mps, double seconds);
  /// Lets standing water soak in for a while.
  void soak(double seconds, ShallowWaterSolver& solver);

 private:
  FloodInfiltration kind_;
  double curve_number_;
  Soil soil_;
  std::vector<float> open_, depth_m_, soaked_m_, taken_m_;  // [cell]
  std::vector<double> fallen_mm_, upland_soaked_m_;         // [series]
};

}  // namespace kontwin::flood
