#include "scenarios/flood/tile_plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/inertial_kernels.hpp"

namespace kontwin::flood {

namespace {

/// The least depth a step is chosen for: a wave into an empty grid must not meet an endless step.
constexpr double least_depth_m = 0.04;
/// Slow tiles keep this much in hand: a thin sheet's kinematic wave runs at 5/3 of its speed, and
/// the depth may grow within a round.
constexpr double slow_margin = 5.0 / 3.0;

double longest_step_s(const PlanInput& input, double depth_m) {
  return input.courant * input.cell_m / std::sqrt(gravity_mps2 * std::max(depth_m, least_depth_m));
}

/// neighbours() as seen from the other side.
constexpr std::array<std::size_t, 4> opposite_side{1, 0, 3, 2};

/// Depth that may come to each tile within a round: a wave into still ground has at most 4/9 of the
/// depth behind it (Ritter 1892).
std::vector<double> coming_depths(const Tiling& tiling, const PlanInput& input) {
  std::vector<double> coming(input.depth_m.begin(), input.depth_m.end());
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    const auto neighbours = tiling.neighbours(tile);
    for (std::size_t side = 0; side < 4; ++side) {
      const std::size_t other = neighbours[side];
      if (other == Tiling::none || (input.reach[other] >> opposite_side[side] & 1U) == 0) continue;
      coming[tile] = std::max(coming[tile], 4.0 / 9.0 * input.depth_m[other]);
    }
  }
  return coming;
}

bool flows(const PlanInput& input, std::size_t tile, double coming_m) {
  return input.fed[tile] != 0 || coming_m > input.dry_depth_m;
}

Level level_for(const PlanInput& input, double depth_m, double step_s) {
  const double most = longest_step_s(input, depth_m) / slow_margin;
  Level level = 0;
  while (level < max_level && step_s * static_cast<double>(2U << level) <= most) ++level;
  return level;
}

/// Adds a tile's work, as part of the run that ends at its left where that does the same.
void join_or_add(const Tiling& tiling, std::vector<TileWork>& level, const TileWork& work) {
  if (!level.empty()) {
    TileWork& run = level.back();
    const bool next = run.tile + run.tiles == work.tile && work.tile % tiling.across != 0;
    if (next && run.own && work.own && run.right && work.left && run.tiles < TileWork::most_tiles &&
        run.below == work.below && run.above == work.above && run.mixed == work.mixed) {
      ++run.tiles;
      run.x_end = work.x_end;
      run.right = work.right;
      return;
    }
  }
  level.push_back(work);
}

void add_work(const Tiling& tiling, std::size_t tile, TilePlan& plan) {
  const auto cells = tiling.cells(tile);
  const auto [left, right, below, above] = tiling.neighbours(tile);
  const Level own = plan.level[tile];
  const auto shared = [&plan, own](std::size_t other) {
    return other == Tiling::none || plan.level[other] == asleep ? asleep
                                                                : std::min(own, plan.level[other]);
  };
  bool mixed = own > 0;
  for (const std::size_t other : {left, right, below, above}) {
    mixed |= other != Tiling::none && plan.level[other] != asleep && plan.level[other] != own;
  }
  for (Level level = 0; level <= own; ++level) {
    const bool inner = level == own;
    const bool at_left = shared(left) == level;
    const bool at_bottom = shared(below) == level;
    const bool at_right = shared(right) == level;
    const bool at_top = shared(above) == level;
    if (!inner && !at_left && !at_bottom && !at_right && !at_top) continue;
    join_or_add(tiling, plan.at[level],
                {.tile = static_cast<std::uint32_t>(tile),
                 .x_first = cells.first_column + (at_left ? 0 : 1),
                 .x_end = inner ? cells.end_column : cells.first_column + 1,
                 .y_first = cells.first_row + (at_bottom ? 0 : 1),
                 .y_end = inner ? cells.end_row : cells.first_row + 1,
                 .left = at_left,
                 .below = at_bottom,
                 .right = at_right,
                 .above = at_top,
                 .own = inner,
                 .mixed = mixed});
  }
}

}  // namespace

Tiling::Tiling(const GridShape& grid)
    : grid_columns(grid.columns),
      grid_rows(grid.rows),
      across((grid.columns + columns - 1) / columns),
      up((grid.rows + rows - 1) / rows) {}

Tiling::Cells Tiling::cells(std::size_t tile, std::size_t count) const {
  const std::size_t column = tile % across * columns;
  const std::size_t row = tile / across * rows;
  return {column, std::min(column + count * columns, grid_columns), row,
          std::min(row + rows, grid_rows)};
}

std::array<std::size_t, 4> Tiling::neighbours(std::size_t tile) const {
  const std::size_t column = tile % across;
  const std::size_t row = tile / across;
  return {column > 0 ? tile - 1 : none, column + 1 < across ? tile + 1 : none,
          row > 0 ? tile - across : none, row + 1 < up ? tile + across : none};
}

TilePlan plan_round(const Tiling& tiling, const PlanInput& input) {
  TilePlan plan;
  const double deepest_m = std::ranges::max(input.depth_m);
  const double most_s = std::min(longest_step_s(input, deepest_m), input.longest_step_s);
  const auto coming_m = coming_depths(tiling, input);

  std::vector<Level> wanted(tiling.size(), asleep);
  std::array<double, max_level + 1> cells_at{};
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    if (!flows(input, tile, coming_m[tile])) continue;
    wanted[tile] = input.fed[tile] != 0 ? Level{0} : level_for(input, coming_m[tile], most_s);
    cells_at[wanted[tile]] += static_cast<double>(tiling.cells(tile).count());
  }

  double least_cost = std::numeric_limits<double>::infinity();
  for (Level highest = 0; highest <= max_level; ++highest) {
    const double steps = static_cast<double>(1U << highest);
    const double rounds = std::ceil(input.remaining_s / (most_s * steps) - 1e-9);
    double updates = 0;
    for (Level level = 0; level <= max_level; ++level) {
      updates += cells_at[level] * steps / static_cast<double>(1U << std::min(level, highest));
    }
    if (rounds * updates < least_cost * (1 - 1e-12)) {
      least_cost = rounds * updates;
      plan.highest = highest;
      plan.step_s = input.remaining_s / (std::max(rounds, 1.0) * steps);
      const double repeated = std::clamp(steps_a_round / steps, 1.0, std::max(rounds, 1.0));
      plan.steps = static_cast<unsigned>(repeated) << highest;
    }
  }
  if (plan.step_s == 0) plan.step_s = input.remaining_s;  // nothing moves

  plan.level = std::move(wanted);
  for (Level& level : plan.level) {
    if (level != asleep) level = std::min(level, plan.highest);
  }
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    if (plan.level[tile] != asleep) add_work(tiling, tile, plan);
  }
  return plan;
}

}  // namespace kontwin::flood
