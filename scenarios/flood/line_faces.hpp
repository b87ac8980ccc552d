#pragma once

#include <span>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::flood {

/// A face between two cells that a line passes between the centres of.
struct LineFace {
  std::size_t cell = 0;    ///< the one to the right of it, or above it
  std::size_t before = 0;  ///< the other
  bool at_left = true;     ///< of `cell`; else below it
  double along_m = 0;      ///< where the line passes it, from the line's start
};

/// The faces between all cells whose centres a line separates, so that no water finds a diagonal
/// gap; in the order of the line's parts, and in each by cells.
std::vector<LineFace> faces_across(std::span<const LocalPoint> line, const GridShape& grid);

/// Whether a line crosses the way from one place to another.
bool passes_between(std::span<const LocalPoint> line, LocalPoint one, LocalPoint other);

}  // namespace kontwin::flood
