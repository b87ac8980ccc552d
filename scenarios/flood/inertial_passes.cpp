#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/flood/inertial_solver.hpp"

namespace kontwin::flood {

namespace {

constexpr std::size_t longest_row = TileWork::most_tiles * Tiling::columns;

}  // namespace

void InertialSolver::step_level(std::span<const TileWork> level, double dt_s) {
  const FluxStep now{
      .dt_s = static_cast<float>(dt_s),
      .gravity_dt_over_cell = static_cast<float>(gravity_mps2 * dt_s / shape_.cell_m),
      .theta = static_cast<float>(settings_.theta),
      .dry_depth_m = static_cast<float>(settings_.dry_depth_m)};
  const auto scale = static_cast<float>(dt_s / shape_.cell_m * units_per_m);
  in_runs(level.size(), [&](std::size_t item) {
    flux_and_share(level[item], now, scale);
    if (!level[item].own) return;
    // As all fluxes, by the water before it moves.
    for (std::size_t i = 0; i < level[item].tiles; ++i) push_over_edges(level[item].tile + i, dt_s);
  });
  if (!crossings_.empty() && dt_s == plan_.step_s) share_beside_crossings(scale);
  in_runs(level.size(), [&](std::size_t item) {
    move(level[item], scale);
    if (!level[item].own) return;
    for (std::size_t i = 0; i < level[item].tiles; ++i) let_out(level[item].tile + i, dt_s);
  });
  if (uniform()) {
    // What flowed now is what flowed before, next time.
    std::swap(flux_x_, q_x_);
    std::swap(flux_y_, q_y_);
  } else {
    in_runs(level.size(), [&](std::size_t item) {
      if (level[item].mixed) keep_mixed(level[item]);
    });
  }
  for (const TileWork& work : level) {
    if (work.own) cell_updates_ += tiling_.cells(work.tile, work.tiles).count();
  }
}

FaceArrays InertialSolver::left_faces(std::size_t cell) const {
  return {1, &depth_[cell], &ground_m_[cell], &friction_[cell], &q_x_[cell]};
}

FaceArrays InertialSolver::lower_faces(std::size_t cell) const {
  return {static_cast<std::ptrdiff_t>(stride_), &depth_[cell], &ground_m_[cell], &friction_[cell],
          &q_y_[cell]};
}

namespace {

/// Calls `visit(row, column, count)` for the runs of cells whose water moves: all of a tile in its
/// own level, those along sides that move in the levels of faster neighbours.
template <typename Visit>
void for_moving_cells(const TileWork& work, const Tiling::Cells& cells, Visit visit) {
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const bool whole = work.own || (work.below && row == cells.first_row) ||
                       (work.above && row + 1 == cells.end_row);
    if (whole) {
      visit(row, cells.first_column, cells.end_column - cells.first_column);
      continue;
    }
    if (work.left) visit(row, cells.first_column, std::size_t{1});
    const bool same = work.left && cells.end_column - cells.first_column == 1;
    if (work.right && !same) visit(row, cells.end_column - 1, std::size_t{1});
  }
}

}  // namespace

void InertialSolver::flux_and_share(const TileWork& work, const FluxStep& now, float scale) {
  const auto cells = tiling_.cells(work.tile, work.tiles);
  const std::size_t columns = cells.end_column - cells.first_column;
  // The faces at the right and upper side belong to the neighbours, which may be at work on them:
  // they are computed here a second time, to the same bits, and kept aside.
  std::array<float, Tiling::rows> right_column{};
  std::array<float, longest_row + 1> run;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t own = work.x_end - std::min(work.x_first, work.x_end);
    const std::size_t i = inner(work.x_first, row);
    if (work.own && work.right) {
      flux_row(own + 1, left_faces(i), run.data(), now);
      std::copy_n(run.begin(), own, &flux_x_[i]);
      right_column[row - cells.first_row] = run[own];
    } else {
      if (own > 0) flux_row(own, left_faces(i), &flux_x_[i], now);
      if (work.right) {
        flux_row(1, left_faces(inner(cells.end_column, row)), &right_column[row - cells.first_row],
                 now);
      }
    }
    // A face towards a tile that sleeps is still, whatever the arrays held before they were
    // swapped.
    if (uniform() && work.x_first > cells.first_column) flux_x_[inner(cells.first_column, row)] = 0;
    if (row < work.y_first && uniform()) {
      std::fill_n(&flux_y_[inner(cells.first_column, row)], columns, 0.0F);
    }
    if (row >= work.y_first && row < work.y_end) {
      const std::size_t below = inner(cells.first_column, row);
      flux_row(columns, lower_faces(below), &flux_y_[below], now);
    }
  }
  std::array<float, longest_row> top_row;
  if (!work.above) std::fill_n(top_row.begin(), columns, 0.0F);
  if (work.above) {
    flux_row(columns, lower_faces(inner(cells.first_column, cells.end_row)), top_row.data(), now);
  }
  flux_over_walls(work, right_column, top_row, now);

  const std::span<char> cut = std::span(cut_).subspan(work.tile, work.tiles);
  const bool was_cut = std::ranges::any_of(cut, [](char some) { return some != 0; });
  bool cuts = false;
  for_moving_cells(work, cells, [&](std::size_t row, std::size_t column, std::size_t count) {
    const std::size_t i = inner(column, row);
    const float* x_faces = &flux_x_[i];
    if (column + count == cells.end_column) {
      std::copy_n(x_faces, count, run.begin());
      run[count] = right_column[row - cells.first_row];
      x_faces = run.data();
    }
    const float* const y_faces =
        row + 1 == cells.end_row ? &top_row[column - cells.first_column] : &flux_y_[i + stride_];
    // Where no cell was cut short and none is, all shares are 1 already.
    if (work.own && !was_cut && fits_row(count, &depth_[i], x_faces, &flux_y_[i], y_faces, scale)) {
      return;
    }
    cuts |= !share_row(count, &depth_[i], x_faces, &flux_y_[i], y_faces, scale, &share_[i]);
  });
  if (work.own || cuts) std::ranges::fill(cut, static_cast<char>(cuts));
}

void InertialSolver::flux_over_walls(const TileWork& work, std::span<float> right_column,
                                     std::span<float> top_row, const FluxStep& now) {
  const auto cells = tiling_.cells(work.tile, work.tiles);
  for (std::size_t tile = work.tile; tile < work.tile + work.tiles; ++tile) {
    for (const Wall& wall : walls_[tile]) {
      const std::size_t i = inner(wall.column, wall.row);
      if (wall.at_left && wall.column >= work.x_first && wall.column < work.x_end) {
        flux_x_[i] = flux_over_wall(left_faces(i), wall.top_m, now);
      }
      if (!wall.at_left && wall.row >= work.y_first && wall.row < work.y_end) {
        flux_y_[i] = flux_over_wall(lower_faces(i), wall.top_m, now);
      }
    }
    if (!work.above) continue;
    for (const Wall& wall : walls_[tiling_.neighbours(tile)[3]]) {
      if (wall.at_left || wall.row != cells.end_row) continue;
      top_row[wall.column - cells.first_column] =
          flux_over_wall(lower_faces(inner(wall.column, wall.row)), wall.top_m, now);
    }
  }
  if (!work.right) return;
  for (const Wall& wall : walls_[tiling_.neighbours(work.tile + work.tiles - 1)[1]]) {
    if (!wall.at_left || wall.column != cells.end_column) continue;
    right_column[wall.row - cells.first_row] =
        flux_over_wall(left_faces(inner(wall.column, wall.row)), wall.top_m, now);
  }
}

bool InertialSolver::cut_near(const TileWork& work) const {
  const auto any = [this](std::size_t first, std::size_t count) {
    return std::any_of(&cut_[first], &cut_[first] + count, [](char some) { return some != 0; });
  };
  const auto [left, right, below, above] = tiling_.neighbours(work.tile);
  const std::size_t after = tiling_.neighbours(work.tile + work.tiles - 1)[1];
  return any(work.tile, work.tiles) || (left != Tiling::none && any(left, 1)) ||
         (after != Tiling::none && any(after, 1)) ||
         (below != Tiling::none && any(below, work.tiles)) ||
         (above != Tiling::none && any(above, work.tiles));
}

void InertialSolver::move(const TileWork& work, float scale) {
  const auto cells = tiling_.cells(work.tile, work.tiles);
  const bool cut = cut_near(work);
  for_moving_cells(work, cells, [&](std::size_t row, std::size_t column, std::size_t count) {
    const std::size_t i = inner(column, row);
    const auto stride = static_cast<std::ptrdiff_t>(stride_);
    if (cut) {
      move_row(count, stride, &flux_x_[i], &flux_y_[i], &share_[i], scale, &depth_[i]);
    } else {
      move_row_whole(count, stride, &flux_x_[i], &flux_y_[i], scale, &depth_[i]);
    }
    if (work.mixed || uniform()) return;
    std::copy_n(&flux_x_[i], count, &q_x_[i]);
    std::copy_n(&flux_y_[i], count, &q_y_[i]);
  });
}

void InertialSolver::keep_mixed(const TileWork& work) {
  const auto cells = tiling_.cells(work.tile, work.tiles);
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

void InertialSolver::note_peaks(const Tiling::Cells& cells) {
  std::array<float, longest_row> depth_m;
  std::array<float, longest_row> speed2;
  const std::size_t columns = cells.end_column - cells.first_column;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t i = inner(cells.first_column, row);
    speeds_of_row(columns, static_cast<std::ptrdiff_t>(stride_), &depth_[i], &q_x_[i], &q_y_[i],
                  static_cast<float>(settings_.dry_depth_m), depth_m.data(), speed2.data());
    peaks_->note(shape_.at(cells.first_column, row), columns, depth_m.data(), speed2.data(),
                 recorded_s_);
  }
}

}  // namespace kontwin::flood
