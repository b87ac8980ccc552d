#pragma once

#include <vector>

#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// Takes what evaporates from the water that stands on the grid, as fast everywhere and always; off
/// at 0. In portions of a hundredth of a millimetre, which depth units hold well.
class Evaporation {
 public:
  explicit Evaporation(double mm_per_day) : mps_(mm_per_day / 1000 / 86400) {}

  void take(double seconds, ShallowWaterSolver& solver);
  /// Cubic metres taken so far.
  double taken_m3() const { return taken_m3_; }

 private:
  double mps_;
  double owed_m_ = 0;
  double taken_m3_ = 0;
};

}  // namespace kontwin::flood
