#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "scenarios/flood/inertial_solver.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// Tiles a part: enough work to be worth a task, and a number that depends on nothing but the grid.
constexpr std::size_t tiles_a_part = 8;
/// Depths must stay well inside what DepthUnits can hold.
constexpr double deepest_allowed_m = 100;
/// Ground that falls less than this at the grid's edge counts as level.
constexpr double level_slope = 1e-5;

}  // namespace

void InertialSolver::in_parts(std::size_t items, const std::function<void(std::size_t)>& work) {
  arena_.for_each_part((items + tiles_a_part - 1) / tiles_a_part, [&](std::size_t part) {
    const std::size_t end = std::min(items, (part + 1) * tiles_a_part);
    for (std::size_t item = part * tiles_a_part; item < end; ++item) work(item);
  });
}

void InertialSolver::advance(double seconds) {
  double remaining_s = seconds;
  while (remaining_s > 1e-9 * seconds) {
    measure_tiles();
    TilePlan next = plan_round(tiling_, {.depth_m = tile_depth_m_,
                                         .fed = fed_,
                                         .cell_m = shape_.cell_m,
                                         .courant = settings_.courant,
                                         .dry_depth_m = settings_.dry_depth_m,
                                         .longest_step_s = longest_feeding_step_s(),
                                         .remaining_s = remaining_s});
    put_to_sleep(next);
    plan_ = std::move(next);
    const double round_s = plan_.step_s * static_cast<double>(1U << plan_.highest);
    rain_for(round_s);
    run_round();
    remaining_s -= round_s;
  }
}

void InertialSolver::measure_tiles() {
  in_parts(tiling_.size(), [this](std::size_t tile) {
    if (touched_[tile] == 0 && plan_.level[tile] == asleep) return;
    const auto cells = tiling_.cells(tile);
    DepthUnits deepest = 0;
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      deepest = std::max(deepest, deepest_of_row(cells.end_column - cells.first_column,
                                                 &depth_[inner(cells.first_column, row)]));
    }
    tile_depth_m_[tile] = deepest / units_per_m;
    touched_[tile] = 0;
  });
  const auto deepest = std::ranges::max_element(tile_depth_m_);
  if (*deepest > deepest_allowed_m) {
    const auto cells = tiling_.cells(static_cast<std::size_t>(deepest - tile_depth_m_.begin()));
    const LocalPoint at = shape_.center(cells.first_column, cells.first_row);
    throw ScenarioError("flood: water more than 100 m deep near x " + std::to_string(at.x_m) +
                        " m, y " + std::to_string(at.y_m) + " m: check the inflow and the ground");
  }
}

double InertialSolver::longest_feeding_step_s() const {
  // A source must not pile up in one step what waves would need many steps to carry off.
  double longest_s = std::numeric_limits<double>::infinity();
  for (const Source& source : sources_) {
    if (source.discharge_m3ps <= 0) continue;
    double depth_m = 1;
    for (const std::size_t cell : source.cells) {
      depth_m = std::max(depth_m, depth_[cell] / units_per_m);
    }
    const double area_m2 = static_cast<double>(source.cells.size()) * shape_.cell_m * shape_.cell_m;
    longest_s = std::min(longest_s, 0.3 * depth_m * area_m2 / source.discharge_m3ps);
  }
  return longest_s;
}

void InertialSolver::put_to_sleep(const TilePlan& next) {
  // Whatever the last round left in tiles that change their level must not be read by the next.
  in_parts(tiling_.size(), [&](std::size_t tile) {
    if (plan_.level[tile] == asleep) return;
    const auto cells = tiling_.cells(tile);
    const std::size_t columns = cells.end_column - cells.first_column;
    const bool sleeps = next.level[tile] == asleep;
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      const std::size_t first = inner(cells.first_column, row);
      std::fill_n(&flux_x_[first], columns, 0.0F);
      std::fill_n(&flux_y_[first], columns, 0.0F);
      if (!sleeps) continue;
      std::fill_n(&q_x_[first], columns, 0.0F);
      std::fill_n(&q_y_[first], columns, 0.0F);
    }
  });
}

void InertialSolver::rain_for(double seconds) {
  std::vector<DepthUnits> lump(rain_mps_.size(), 0);
  for (std::size_t zone = 0; zone < rain_mps_.size(); ++zone) {
    rain_carry_units_[zone] += rain_mps_[zone] * seconds * units_per_m;
    lump[zone] = static_cast<DepthUnits>(rain_carry_units_[zone]);
    rain_carry_units_[zone] -= lump[zone];
  }
  if (std::ranges::all_of(lump, [](DepthUnits units) { return units == 0; })) return;
  in_parts(tiling_.size(), [&](std::size_t tile) {
    const DepthUnits units = lump[zone_of_tile_[tile]];
    if (units == 0) return;
    const auto cells = tiling_.cells(tile);
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      add_to_row(cells.end_column - cells.first_column, units,
                 &depth_[inner(cells.first_column, row)]);
    }
    touched_[tile] = 1;
  });
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    rain_units_ +=
        static_cast<std::int64_t>(tiling_.cells(tile).count()) * lump[zone_of_tile_[tile]];
  }
}

void InertialSolver::feed_for(double seconds) {
  for (Source& source : sources_) {
    const double area_m2 = static_cast<double>(source.cells.size()) * shape_.cell_m * shape_.cell_m;
    source.carry_units += source.discharge_m3ps * seconds / area_m2 * units_per_m;
    const auto units = static_cast<DepthUnits>(source.carry_units);
    source.carry_units -= units;
    for (const std::size_t cell : source.cells) depth_[cell] += units;
    source_units_ += static_cast<std::int64_t>(source.cells.size()) * units;
  }
}

void InertialSolver::run_round() {
  const unsigned steps = 1U << plan_.highest;
  for (unsigned step = 0; step < steps; ++step) {
    feed_for(plan_.step_s);
    for (Level level = plan_.highest + 1; level-- > 0;) {
      if (step % (1U << level) != 0 || plan_.at[level].empty()) continue;
      step_level(plan_.at[level], plan_.step_s * static_cast<double>(1U << level));
    }
  }
}

void InertialSolver::step_level(std::span<const TileWork> level, double dt_s) {
  const FluxStep now{
      .dt_s = static_cast<float>(dt_s),
      .gravity_dt_over_cell = static_cast<float>(gravity_mps2 * dt_s / shape_.cell_m),
      .theta = static_cast<float>(settings_.theta),
      .dry_depth_m = static_cast<float>(settings_.dry_depth_m)};
  const auto scale = static_cast<float>(dt_s / shape_.cell_m * units_per_m);
  in_parts(level.size(), [&](std::size_t item) { flux_and_share(level[item], now, scale); });
  in_parts(level.size(), [&](std::size_t item) {
    move(level[item], scale);
    if (level[item].own) let_out(level[item].tile, dt_s);
  });
  in_parts(level.size(), [&](std::size_t item) {
    if (level[item].mixed) keep_mixed(level[item]);
  });
  for (const TileWork& work : level) {
    if (work.own) cell_updates_ += tiling_.cells(work.tile).count();
  }
}

FaceArrays InertialSolver::left_faces(std::size_t cell) const {
  return {1, &depth_[cell], &ground_m_[cell], &friction_[cell], &q_x_[cell]};
}

FaceArrays InertialSolver::lower_faces(std::size_t cell) const {
  return {static_cast<std::ptrdiff_t>(stride_), &depth_[cell], &ground_m_[cell], &friction_[cell],
          &q_y_[cell]};
}

void InertialSolver::flux_and_share(const TileWork& work, const FluxStep& now, float scale) {
  const auto cells = tiling_.cells(work.tile);
  const std::size_t columns = cells.end_column - cells.first_column;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    if (work.x_first < work.x_end) {
      const std::size_t i = inner(work.x_first, row);
      flux_row(work.x_end - work.x_first, left_faces(i), &flux_x_[i], now);
    }
    if (row >= work.y_first && row < work.y_end) {
      const std::size_t i = inner(cells.first_column, row);
      flux_row(columns, lower_faces(i), &flux_y_[i], now);
    }
  }
  if (!walls_[work.tile].empty()) flux_over_walls(work, now);

  // The faces at the right and upper side belong to the neighbours, which may be at work on them:
  // they are computed here a second time, to the same bits.
  std::array<float, Tiling::columns + 1> x_row{};
  std::array<float, Tiling::columns> top_row{};
  if (work.above) {
    flux_row(columns, lower_faces(inner(cells.first_column, cells.end_row)), top_row.data(), now);
    for (const Wall& wall : walls_[tiling_.neighbours(work.tile)[3]]) {
      if (wall.at_left || wall.row != cells.end_row) continue;
      top_row[wall.column - cells.first_column] =
          flux_over_wall(lower_faces(inner(wall.column, wall.row)), wall.top_m, now);
    }
  }
  std::array<float, Tiling::rows> right_column{};
  if (work.right) {
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      flux_row(1, left_faces(inner(cells.end_column, row)), &right_column[row - cells.first_row],
               now);
    }
    for (const Wall& wall : walls_[tiling_.neighbours(work.tile)[1]]) {
      if (!wall.at_left || wall.column != cells.end_column) continue;
      right_column[wall.row - cells.first_row] =
          flux_over_wall(left_faces(inner(wall.column, wall.row)), wall.top_m, now);
    }
  }
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t i = inner(cells.first_column, row);
    std::copy_n(&flux_x_[i], columns, x_row.begin());
    x_row[columns] = right_column[row - cells.first_row];
    const bool top = row + 1 == cells.end_row;
    share_row(columns, &depth_[i], x_row.data(), &flux_y_[i],
              top ? top_row.data() : &flux_y_[i + stride_], scale, &share_[i]);
  }
}

void InertialSolver::flux_over_walls(const TileWork& work, const FluxStep& now) {
  for (const Wall& wall : walls_[work.tile]) {
    const std::size_t i = inner(wall.column, wall.row);
    if (wall.at_left && wall.column >= work.x_first && wall.column < work.x_end) {
      flux_x_[i] = flux_over_wall(left_faces(i), wall.top_m, now);
    }
    if (!wall.at_left && wall.row >= work.y_first && wall.row < work.y_end) {
      flux_y_[i] = flux_over_wall(lower_faces(i), wall.top_m, now);
    }
  }
}

void InertialSolver::move(const TileWork& work, float scale) {
  const auto cells = tiling_.cells(work.tile);
  const std::size_t columns = cells.end_column - cells.first_column;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t i = inner(cells.first_column, row);
    move_row(columns, static_cast<std::ptrdiff_t>(stride_), &flux_x_[i], &flux_y_[i], &share_[i],
             scale, &depth_[i]);
    if (work.mixed) continue;
    std::copy_n(&flux_x_[i], columns, &q_x_[i]);
    std::copy_n(&flux_y_[i], columns, &q_y_[i]);
  }
}

void InertialSolver::keep_mixed(const TileWork& work) {
  const auto cells = tiling_.cells(work.tile);
  if (work.x_first < work.x_end) {
    const std::size_t columns = work.x_end - work.x_first;
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      const std::size_t i = inner(work.x_first, row);
      std::copy_n(&flux_x_[i], columns, &q_x_[i]);
      std::fill_n(&flux_x_[i], columns, 0.0F);
    }
  }
  const std::size_t columns = cells.end_column - cells.first_column;
  for (std::size_t row = work.y_first; row < work.y_end; ++row) {
    const std::size_t i = inner(cells.first_column, row);
    std::copy_n(&flux_y_[i], columns, &q_y_[i]);
    std::fill_n(&flux_y_[i], columns, 0.0F);
  }
}

void InertialSolver::let_out(std::size_t tile, double dt_s) {
  for (const Edge& edge : edges_[tile]) {
    const double depth_m = depth_[edge.cell] / units_per_m;
    if (edge.slope < 0 || depth_m <= settings_.dry_depth_m) continue;
    // Normal depth on the fall of the ground, at most critical. On level ground the water's own
    // fall drives it; elsewhere that would draw the water down without end.
    double slope = edge.slope;
    if (slope < level_slope) {
      const double inside_m = ground_m_[edge.inside] + depth_[edge.inside] / units_per_m;
      slope = std::max(slope, (inside_m - ground_m_[edge.cell] - depth_m) / shape_.cell_m);
    }
    if (slope <= 0) continue;
    const double n = std::sqrt(friction_[edge.cell] / gravity_mps2);
    const double critical = depth_m * std::sqrt(gravity_mps2 * depth_m);
    const double normal =
        n > 0 ? depth_m * std::cbrt(depth_m * depth_m) * std::sqrt(slope) / n : critical;
    const double gone_m = std::min(std::min(normal, critical) * dt_s / shape_.cell_m, depth_m);
    const auto units = static_cast<DepthUnits>(gone_m * units_per_m);
    depth_[edge.cell] -= units;
    edge_units_[tile] += units;
  }
}

}  // namespace kontwin::flood
