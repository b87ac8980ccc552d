#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/crowd/cell_list.hpp"
#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// The walls within reach of each cell of a grid, side by side in memory.
class WallIndex {
 public:
  /// A straight wall from (ax, ay) along (ex, ey), with its height at both ends.
  struct Wall {
    float ax_m, ay_m, ex_m, ey_m;
    float per_square_m;  ///< 1 / length²; 0 for a post without length
    float az_m, rise_m;
  };
  /// How far around a cell walls are listed.
  static constexpr float reach_m = 2.0F;

  WallIndex(const Walls& walls, const CellBox& box);

  std::uint32_t cell(float x, float y) const {
    return static_cast<std::uint32_t>(grid_.cell(0, grid_.row(y), grid_.column(x)));
  }
  const std::uint32_t* begin() const { return begin_.data(); }
  const Wall* walls() const { return walls_.data(); }

 private:
  CellGrid grid_;
  std::vector<std::uint32_t> begin_;
  std::vector<Wall> walls_;
};

/// A box around all walls, a metre wider.
CellBox box_around(const Walls& walls);

}  // namespace kontwin::crowd
