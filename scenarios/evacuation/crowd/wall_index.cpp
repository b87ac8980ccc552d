#include "scenarios/evacuation/crowd/wall_index.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

namespace {

constexpr float cell_m = 1.0F;
constexpr double most_cells = 4e6;

/// Calls `visit(row, first column, last column)` for the cells that a wall is in reach of: its
/// piece within a row's reach, and that far to both sides.
template <typename Visit>
void for_each_stretch(const CellGrid& grid, const WallIndex::Wall& wall, Visit visit) {
  const float by = wall.ay_m + wall.ey_m;
  const float reach = WallIndex::reach_m;
  const std::int32_t first = grid.row(std::min(wall.ay_m, by) - reach);
  const std::int32_t last = grid.row(std::max(wall.ay_m, by) + reach);
  for (std::int32_t row = first; row <= last; ++row) {
    const float low = grid.y0_m + static_cast<float>(row) / grid.per_m_y - reach;
    const float high = grid.y0_m + static_cast<float>(row + 1) / grid.per_m_y + reach;
    float from = 0, to = 1;
    if (wall.ey_m != 0) {
      const float at_low = (low - wall.ay_m) / wall.ey_m, at_high = (high - wall.ay_m) / wall.ey_m;
      from = std::clamp(std::min(at_low, at_high), 0.0F, 1.0F);
      to = std::clamp(std::max(at_low, at_high), 0.0F, 1.0F);
    }
    const float xa = wall.ax_m + from * wall.ex_m, xb = wall.ax_m + to * wall.ex_m;
    visit(row, grid.column(std::min(xa, xb) - reach), grid.column(std::max(xa, xb) + reach));
  }
}

}  // namespace

WallIndex::WallIndex(const Walls& walls, const CellBox& box) {
  const float width = box.x1_m - box.x0_m, depth = box.y1_m - box.y0_m;
  const double cells = static_cast<double>(width) * static_cast<double>(depth);
  const float side_m = cell_m * static_cast<float>(std::sqrt(std::max(1.0, cells / most_cells)));
  grid_.x0_m = box.x0_m;
  grid_.y0_m = box.y0_m;
  grid_.per_m_x = grid_.per_m_y = 1 / side_m;
  grid_.columns = std::max(1, static_cast<std::int32_t>(std::ceil(width / side_m)));
  grid_.rows = std::max(1, static_cast<std::int32_t>(std::ceil(depth / side_m)));

  std::vector<Wall> all(walls.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const float ex = walls.bx_m[i] - walls.ax_m[i], ey = walls.by_m[i] - walls.ay_m[i];
    const float square = ex * ex + ey * ey;
    all[i] = {walls.ax_m[i],
              walls.ay_m[i],
              ex,
              ey,
              square > 0 ? 1 / square : 0,
              walls.az_m[i],
              walls.bz_m[i] - walls.az_m[i]};
  }
  begin_.assign(grid_.cell(0, grid_.rows - 1, grid_.columns - 1) + 2, 0);
  const auto for_each_cell = [&](auto&& visit) {
    for (const Wall& wall : all) {
      for_each_stretch(grid_, wall, [&](std::int32_t row, std::int32_t first, std::int32_t last) {
        for (std::int32_t column = first; column <= last; ++column) {
          visit(grid_.cell(0, row, column), wall);
        }
      });
    }
  };
  for_each_cell([&](std::size_t cell, const Wall&) { ++begin_[cell + 1]; });
  for (std::size_t cell = 1; cell < begin_.size(); ++cell) begin_[cell] += begin_[cell - 1];
  walls_.resize(begin_.back());
  std::vector<std::uint32_t> filled(begin_.begin(), begin_.end() - 1);
  for_each_cell([&](std::size_t cell, const Wall& wall) { walls_[filled[cell]++] = wall; });
}

CellBox box_around(const Walls& walls) {
  CellBox box;
  if (walls.size() == 0) return box;
  const auto lowest = [](const std::vector<float>& a, const std::vector<float>& b) {
    return std::min(*std::min_element(a.begin(), a.end()), *std::min_element(b.begin(), b.end()));
  };
  const auto highest = [](const std::vector<float>& a, const std::vector<float>& b) {
    return std::max(*std::max_element(a.begin(), a.end()), *std::max_element(b.begin(), b.end()));
  };
  box = {lowest(walls.ax_m, walls.bx_m) - 1,  lowest(walls.ay_m, walls.by_m) - 1,
         lowest(walls.az_m, walls.bz_m),      highest(walls.ax_m, walls.bx_m) + 1,
         highest(walls.ay_m, walls.by_m) + 1, highest(walls.az_m, walls.bz_m)};
  return box;
}

}  // namespace kontwin::crowd
