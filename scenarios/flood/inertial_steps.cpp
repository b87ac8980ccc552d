#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "scenarios/flood/inertial_solver.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

/// Tiles a part: enough work to be worth a task, and a number that depends on nothing but the grid.
constexpr std::size_t tiles_a_part = 32;
constexpr std::size_t runs_a_part = 8;
/// Depths must stay well inside what DepthUnits can hold.
constexpr double deepest_allowed_m = 100;
/// A front that is this near to a tile's border may cross it within a round.
constexpr std::ptrdiff_t border_cells = 4;

}  // namespace

void InertialSolver::in_parts(std::size_t items, const std::function<void(std::size_t)>& work) {
  arena_.for_each_part((items + tiles_a_part - 1) / tiles_a_part, [&](std::size_t part) {
    const std::size_t end = std::min(items, (part + 1) * tiles_a_part);
    for (std::size_t item = part * tiles_a_part; item < end; ++item) work(item);
  });
}

void InertialSolver::in_runs(std::size_t items, const std::function<void(std::size_t)>& work) {
  arena_.for_each_part((items + runs_a_part - 1) / runs_a_part, [&](std::size_t part) {
    const std::size_t end = std::min(items, (part + 1) * runs_a_part);
    for (std::size_t item = part * runs_a_part; item < end; ++item) work(item);
  });
}

void InertialSolver::advance(double seconds) {
  double remaining_s = seconds;
  mark_fed();
  const bool alone = gates_.empty() && joints_.empty();
  std::vector<double> depth_m;
  std::vector<char> fed;
  while (remaining_s > 1e-9 * seconds) {
    if (exchange_ != nullptr) exchange_->look();
    measure_tiles();
    if (!alone) {
      mark_interfaces();
      depth_m = depths_to_plan_for();
      fed = lively_;
      for (std::size_t tile = 0; tile < fed.size(); ++tile) fed[tile] |= fed_[tile];
    }
    TilePlan next =
        plan_round(tiling_, {.depth_m = alone ? tile_depth_m_ : depth_m,
                             .reach = reach_,
                             .fed = alone ? fed_ : fed,
                             .cell_m = shape_.cell_m,
                             .courant = settings_.courant,
                             .dry_depth_m = settings_.dry_depth_m,
                             .longest_step_s = std::min(longest_feeding_step_s(), beyond_step_s()),
                             .remaining_s = remaining_s});
    put_to_sleep(next);
    plan_ = std::move(next);
    const double round_s = plan_.step_s * plan_.steps;
    rain_for(round_s);
    run_round();
    recorded_s_ += round_s;
    if (peaks_ != nullptr) note_round();
    remaining_s -= round_s;
  }
}

bool InertialSolver::record_peaks(PeakMaps* peaks) {
  peaks_ = peaks;
  recorded_s_ = 0;
  if (peaks == nullptr) return true;
  in_parts(tiling_.size(), [this](std::size_t tile) { note_peaks(tiling_.cells(tile)); });
  return true;
}

void InertialSolver::note_round() {
  for (const auto& level : plan_.at) {
    in_runs(level.size(), [&](std::size_t item) {
      const TileWork& work = level[item];
      if (work.own) note_peaks(tiling_.cells(work.tile, work.tiles));
    });
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
    reach_[tile] = reach_of(tile);
    touched_[tile] = 0;
  });
  const auto deepest = std::ranges::max_element(tile_depth_m_);
  if (*deepest > deepest_allowed_m) {
    refuse_depth(static_cast<std::size_t>(deepest - tile_depth_m_.begin()));
  }
}

void InertialSolver::refuse_depth(std::size_t tile) const {
  const auto cells = tiling_.cells(tile);
  std::size_t column = cells.first_column, row = cells.first_row;
  for (std::size_t y = cells.first_row; y < cells.end_row; ++y) {
    for (std::size_t x = cells.first_column; x < cells.end_column; ++x) {
      if (depth_[inner(x, y)] <= depth_[inner(column, row)]) continue;
      column = x;
      row = y;
    }
  }
  const double depth_m = static_cast<double>(depth_[inner(column, row)]) / units_per_m;
  throw PlaceError("flood: water " + std::to_string(depth_m) + " m deep",
                   shape_.center(column, row),
                   "it may be 100 m; check the inflow and the ground there");
}

std::uint8_t InertialSolver::reach_of(std::size_t tile) const {
  if (tile_depth_m_[tile] <= settings_.dry_depth_m) return 0;
  const auto cells = tiling_.cells(tile);
  const auto neighbours = tiling_.neighbours(tile);
  const auto dry_m = static_cast<float>(settings_.dry_depth_m);
  // From `first` inwards by `step`: whether any of the cells a round may bring to the border stands
  // higher than the ground behind it.
  // `most`: the cells from there to the far edge of the grid.
  const auto spills = [&](std::size_t first, std::ptrdiff_t step, std::size_t most) {
    const float beyond_m = ground_m_[first - step] + dry_m;
    const auto end = std::min<std::ptrdiff_t>(border_cells, static_cast<std::ptrdiff_t>(most));
    for (std::ptrdiff_t inwards = 0; inwards < end; ++inwards) {
      const std::size_t cell = first + inwards * step;
      const float depth_m = static_cast<float>(depth_[cell]) * m_per_unit;
      if (depth_m > dry_m && ground_m_[cell] + depth_m > beyond_m) return true;
    }
    return false;
  };
  const auto stride = static_cast<std::ptrdiff_t>(stride_);
  const auto any_of_rows = [&](std::size_t column, std::ptrdiff_t step) {
    const std::size_t most = step > 0 ? shape_.columns - column : column + 1;
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      if (spills(inner(column, row), step, most)) return true;
    }
    return false;
  };
  const auto any_of_columns = [&](std::size_t row, std::ptrdiff_t step) {
    const std::size_t most = step > 0 ? shape_.rows - row : row + 1;
    for (std::size_t column = cells.first_column; column < cells.end_column; ++column) {
      if (spills(inner(column, row), step, most)) return true;
    }
    return false;
  };
  const std::array reaches{
      neighbours[0] != Tiling::none && any_of_rows(cells.first_column, 1),
      neighbours[1] != Tiling::none && any_of_rows(cells.end_column - 1, -1),
      neighbours[2] != Tiling::none && any_of_columns(cells.first_row, stride),
      neighbours[3] != Tiling::none && any_of_columns(cells.end_row - 1, -stride)};
  unsigned reach = 0;
  for (unsigned side = 0; side < reaches.size(); ++side) reach |= unsigned{reaches[side]} << side;
  return static_cast<std::uint8_t>(reach);
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
  if (!edges_give_) return longest_s;
  for (const auto& edges : edges_) {
    for (const Edge& edge : edges) {
      const double there_m = depth_[edge.cell] / units_per_m;
      if (edge.condition.kind == EdgeCondition::Kind::discharge) {
        const double flux = edge.condition.discharge_m2ps;
        if (flux > 0) {
          longest_s = std::min(longest_s, 0.3 * std::max(there_m, 1.0) * shape_.cell_m / flux);
        }
      } else if (edge.condition.kind == EdgeCondition::Kind::stage) {
        const double outside_m = edge.condition.stage_m - double{ground_m_[edge.cell]};
        const double deepest_m = std::max({there_m, outside_m, 0.05});
        longest_s = std::min(
            longest_s, settings_.courant * shape_.cell_m / std::sqrt(gravity_mps2 * deepest_m));
      }
    }
  }
  return longest_s;
}

void InertialSolver::put_to_sleep(const TilePlan& next) {
  // Whatever the last round left in tiles that change their level must not be read by the next.
  const bool stays_uniform = uniform() && next.highest == 0;
  in_parts(tiling_.size(), [&](std::size_t tile) {
    if (plan_.level[tile] == asleep) return;
    const auto cells = tiling_.cells(tile);
    const std::size_t columns = cells.end_column - cells.first_column;
    const bool sleeps = next.level[tile] == asleep;
    // Faster neighbours may have drained it since its own last step.
    if (sleeps && peaks_ != nullptr) note_peaks(cells);
    if (stays_uniform && !sleeps) return;
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
    if (units == 0 || rained_cells_[tile] == 0) return;
    const auto cells = tiling_.cells(tile);
    const std::size_t columns = cells.end_column - cells.first_column;
    const bool everywhere = rained_cells_[tile] == static_cast<std::int64_t>(cells.count());
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      const std::size_t first = inner(cells.first_column, row);
      if (everywhere) {
        add_to_whole_row(columns, units, &depth_[first]);
      } else {
        add_to_row(columns, units, &rained_on_[first], &depth_[first]);
      }
    }
    touched_[tile] = 1;
  });
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    rain_units_ += rained_cells_[tile] * lump[zone_of_tile_[tile]];
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
  for (Trickle& trickle : trickles_) {
    if (trickle.units_ps == 0) continue;
    trickle.carry_units += trickle.units_ps * seconds;
    const auto units = static_cast<DepthUnits>(trickle.carry_units);
    trickle.carry_units -= units;
    depth_[trickle.cell] += units;
    source_units_ += units;
    touched_[trickle.tile] = 1;
  }
}

void InertialSolver::run_round() {
  for (unsigned step = 0; step < plan_.steps; ++step) {
    if (!crossings_.empty()) flow_over_interfaces(plan_.step_s);
    for (Level level = plan_.highest + 1; level-- > 0;) {
      if (step % (1U << level) != 0 || plan_.at[level].empty()) continue;
      step_level(plan_.at[level], plan_.step_s * static_cast<double>(1U << level));
    }
    if (!crossings_.empty()) pass_crossings();
    // Last: the depth that is seen of a cell with a source is the one that its flow will be of.
    feed_for(plan_.step_s);
  }
}

}  // namespace kontwin::flood
