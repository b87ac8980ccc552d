#pragma once

#include <optional>
#include <vector>

#include "scenarios/flood/breach.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// A levee or barrier that breaks on the grid: walls that its line crosses, and ground along the
/// line that stands higher, come down with the breach. A face stands as high as a weir would that
/// passes as much as the breach does in the stretch of the line that is the face's, at the level
/// that the water has there now: a breach narrower than a cell lets through what it can. Ground
/// only ever comes down.
class LeveeBreach {
 public:
  /// Begins now, or waits for the edit's level on either side of its place. The crest is the lowest
  /// top of what stands in the way there. Throws ScenarioError where the line crosses no walls and
  /// no ground over the breach's bottom.
  LeveeBreach(const StartBreach& edit, const ShallowWaterSolver& solver);

  /// For how long what stands now may be taken to stand.
  double longest_step_s() const;
  bool waiting() const { return waiting_; }
  /// Grows for a while, if it has begun.
  void grow(double seconds, ShallowWaterSolver& solver);

 private:
  struct Part {
    std::size_t cell = 0, before = 0;
    bool at_left = true;
    double from_m = 0, to_m = 0;  ///< along the line, from the breach's middle
    double top_m = 0;             ///< as it was
  };
  double level_beside_m(const ShallowWaterSolver& solver) const;
  double top_now_m(const Part& part, double level_m, double width_m) const;

  std::vector<Part> walls_;
  std::vector<Part> ground_;
  std::optional<Breach> breach_;  // always there once made
  double passed_s_ = 0;
  bool waiting_ = false;
  double at_level_m_ = 0;
};

}  // namespace kontwin::flood
