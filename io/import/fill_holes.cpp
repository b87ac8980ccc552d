#include "io/import/fill_holes.hpp"

#include <cmath>
#include <deque>

namespace kontwin {

std::size_t fill_from_nearest(Raster<float>& raster) {
  const GridShape& shape = raster.shape;
  const auto for_each_neighbour = [&shape](std::size_t cell, const auto& visit) {
    const std::size_t column = cell % shape.columns;
    const std::size_t row = cell / shape.columns;
    if (column > 0) visit(cell - 1);
    if (column + 1 < shape.columns) visit(cell + 1);
    if (row > 0) visit(cell - shape.columns);
    if (row + 1 < shape.rows) visit(cell + shape.columns);
  };
  const auto is_hole = [&raster](std::size_t cell) { return std::isnan(raster.values[cell]); };
  std::deque<std::size_t> front;
  std::size_t holes = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (is_hole(cell)) {
      ++holes;
      continue;
    }
    bool at_rim = false;
    for_each_neighbour(cell, [&](std::size_t next) { at_rim = at_rim || is_hole(next); });
    if (at_rim) front.push_back(cell);
  }
  while (!front.empty()) {
    const std::size_t cell = front.front();
    front.pop_front();
    for_each_neighbour(cell, [&](std::size_t next) {
      if (!is_hole(next)) return;
      raster.values[next] = raster.values[cell];
      front.push_back(next);
    });
  }
  return holes;
}

}  // namespace kontwin
