#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scenarios/flood/peak_kernels.hpp"
#include "twin/raster.hpp"

namespace kontwin::flood {

/// The worst that each cell of a grid saw: maximum depth, speed and depth x speed (each the largest
/// at any one moment), when the water came and how long it stayed. A solver notes the
/// cells that move every few of its steps, so that a peak between two exchanges is not missed.
/// Cells as in GridShape::at. Rows of different cells may be noted from different threads.
class PeakMaps {
 public:
  /// From this depth on a cell counts as wet.
  static constexpr double usual_wet_depth_m = 0.1;

  /// Throws ScenarioError when the depth is not between 0.001 and 10 m.
  explicit PeakMaps(const GridShape& shape, double wet_depth_m = usual_wet_depth_m);

  /// Takes in how the `count` cells of a row from `cell` on are, `at_s` seconds after the start,
  /// not before what was noted of them last; see note_peaks_row.
  void note(std::size_t cell, std::size_t count, const float* depth_m, const float* speed2,
            double at_s) {
    note_peaks_row(count, depth_m, speed2, wet_depth_m_, static_cast<float>(at_s), row(cell));
  }

  const GridShape& shape() const { return shape_; }
  double wet_depth_m() const { return wet_depth_m_; }

  std::span<const float> depth_m() const { return depth_m_; }
  std::vector<float> speed_mps() const;
  std::vector<float> depth_velocity_m2ps() const;
  /// Seconds from the start to the first moment the cell was wet; NaN where it never was.
  std::vector<float> arrival_s() const;
  /// Seconds for which the cell was wet, up to `now_s` after the start.
  std::vector<float> duration_s(double now_s) const;
  /// The highest hazard class, 0 to 6 (flood/hazard.hpp); water less than wet counts as dry.
  std::vector<float> hazard_class() const;
  /// The hazard rating of the maxima, for debris of unknown source: at least the highest there was,
  /// and equal where depth and speed peaked together.
  std::vector<float> hazard_rating() const;

 private:
  PeakRow row(std::size_t cell) {
    return {&depth_m_[cell],     &speed2_[cell],    &depth_speed2_[cell],
            &wet_since_s_[cell], &arrival_s_[cell], &wet_s_[cell]};
  }

  GridShape shape_;
  float wet_depth_m_;
  std::vector<float> depth_m_, speed2_, depth_speed2_, wet_since_s_, arrival_s_, wet_s_;
};

}  // namespace kontwin::flood
