// One step of the finite volume scheme over a block of tiles, row by row from the south, so that
// what passes between two kernels stays in the nearest cache.
#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/flood/finite_volume_kernels.hpp"
#include "scenarios/flood/finite_volume_sides.hpp"
#include "scenarios/flood/finite_volume_solver.hpp"

namespace kontwin::flood {

namespace {

template <typename Real>
FaceSide<Real> one_side(const StateRow<Real>& state, const PredictedRow<Real>* predicted,
                        bool along_x, std::ptrdiff_t at, Real half, Real& ground_m) {
  const SideRow<Real> row = side_row(state, predicted, along_x, at);
  if (predicted == nullptr) {
    ground_m = row.ground[0];
    return side_at<false>(row, 0, half);
  }
  ground_m = row.ground[0] + ground_rise<true>(row, 0, half);
  return side_at<true>(row, 0, half);
}

/// Over a wall: water higher than its top on either side meets there; below it, the wall bears the
/// pressure. No more flows than over an ideal broad-crested weir, (2/3)^(3/2) √g H^(3/2) (Chow
/// 1959, Open-Channel Hydraulics, ch. 3.7).
template <typename Real>
FaceFlux<Real> flux_over_wall(const FaceSide<Real>& before, Real ground_before,
                              const FaceSide<Real>& after, Real ground_after, Real top_m,
                              const FiniteVolumeStep<Real>& now) {
  const auto g = static_cast<Real>(gravity_mps2);
  SharedDepths<Real> shared{};
  shared.before = larger(before.depth + (ground_before - top_m), Real{0});
  shared.after = larger(after.depth + (ground_after - top_m), Real{0});
  UndividedFlux<Real> flux = undivided_flux(shared.before, before.along, shared.after, after.along);
  const bool forward = flux.water > 0;
  const Real speed = forward ? before.along : after.along;
  const Real head = (forward ? shared.before : shared.after) + speed * speed / (2 * g);
  const Real most = std::sqrt(g * head) * head * Real(0.5443310539518174) * flux.span;
  const Real size = std::fabs(flux.water);
  if (size > most) {
    flux.water *= most / size;
    flux.push *= most / size;
  }
  return counted(flux, shared, before, after, now);
}

}  // namespace

template <typename Real>
struct FiniteVolumeSolver<Real>::Scratch {
  std::array<PredictedRow<Real>, 2> predicted;
  FaceRow<Real> left;
  std::array<FaceRow<Real>, 2> below;
  SeenOfRows<Real> seen;
  BlockRow<Units> rain, rain_off;
  bool rained_all_over = true;
  bool left_sleeps = false, right_sleeps = false;  // the tiles beside the block
  Tiling::Cells cells{};
  // Of the row at hand: what it looks like below and itself, and the faces below it.
  StateRow<Real> state_below, state;
  PredictedRow<Real>* predicted_below = nullptr;
  PredictedRow<Real>* predicted_here = nullptr;
  FaceRow<Real>* faces_below = nullptr;
};

template <typename Real>
void FiniteVolumeSolver<Real>::run_block(const TileBlock& block,
                                         const FiniteVolumeStep<Real>& now) {
  Scratch my;
  my.cells = cells_of(tiling_, block);
  const std::size_t columns = my.cells.end_column - my.cells.first_column;
  const bool second = settings_.order == 2;
  const std::size_t stride = field_.stride;
  std::size_t first = field_.inner(my.cells.first_column, my.cells.first_row);
  if (second) {
    predict_row(columns + 2, field_.row_at(first - 2 * stride), field_.row_at(first - stride),
                field_.row_at(first), now, my.predicted[1]);
  }
  for (std::size_t row = my.cells.first_row; row <= my.cells.end_row; ++row, first += stride) {
    const std::size_t odd = (row - my.cells.first_row) % 2;
    my.state_below = field_.row_at(first - stride);
    my.state = field_.row_at(first);
    my.faces_below = &my.below[odd];
    if (second) {
      my.predicted_here = &my.predicted[odd];
      my.predicted_below = &my.predicted[1 - odd];
      predict_row(columns + 2, my.state_below, my.state, field_.row_at(first + stride), now,
                  *my.predicted_here);
    }
    flux_below(columns, my.state_below, my.state, my.predicted_below, my.predicted_here, now,
               *my.faces_below);
    close_to_sleepers(block, row, false, my);
    flux_over_walls(block, row, false, now, my);
    flux_over_edges(row, false, now, my);
    if (!joints_.empty()) pass_joints(block, my.cells, row, false, *my.faces_below);
    if (row > my.cells.first_row) {
      const std::size_t moved = row - 1;
      const std::size_t tile = tiling_.tile_of(my.cells.first_column, moved);
      if (moved % Tiling::rows == 0) begin_tiles(block, tile, my);
      const std::size_t at = first - stride;
      move_row(columns, my.state_below,
               {.left = &my.left,
                .below = &my.below[1 - odd],
                .above = my.faces_below,
                .predicted = my.predicted_below,
                .rain = rain_on_row(at, columns, my)},
               now, static_cast<Real>(settings_.still_mps),
               {.depth = &field_.next_depth[at],
                .u = &field_.next_u[at],
                .v = &field_.next_v[at],
                .wave = &my.seen.wave,
                .moved = &my.seen.moved});
      if (row % Tiling::rows == 0 || row == my.cells.end_row) end_tiles(block, tile, my);
    }
    if (row == my.cells.end_row) break;
    flux_left(columns + 1, my.state, my.predicted_here, now, my.left);
    close_to_sleepers(block, row, true, my);
    flux_over_walls(block, row, true, now, my);
    flux_over_edges(row, true, now, my);
    if (!joints_.empty()) pass_joints(block, my.cells, row, true, my.left);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::begin_tiles(const TileBlock& block, std::size_t first_tile,
                                           Scratch& my) {
  for (auto* row : {&my.seen.wave, &my.seen.moved, &my.rain}) {
    std::ranges::fill(row->values, Units{0});
  }
  my.rained_all_over = true;
  for (std::size_t i = 0; i < block.across; ++i) {
    const auto cells = tiling_.cells(first_tile + i);
    std::fill_n(my.rain.at(static_cast<std::ptrdiff_t>(cells.first_column - my.cells.first_column)),
                cells.end_column - cells.first_column, inputs_.rain_on(first_tile + i));
    my.rained_all_over = my.rained_all_over && inputs_.rains_all_over(first_tile + i);
  }
}

template <typename Real>
const typename FiniteVolumeSolver<Real>::Units* FiniteVolumeSolver<Real>::rain_on_row(
    std::size_t first, std::size_t columns, Scratch& my) {
  if (my.rained_all_over) return my.rain.at(0);
  my.rain_off = my.rain;
  for (std::size_t k = 0; k < columns; ++k) {
    *my.rain_off.at(static_cast<std::ptrdiff_t>(k)) &= inputs_.rained_on()[first + k];
  }
  return my.rain_off.at(0);
}

template <typename Real>
void FiniteVolumeSolver<Real>::end_tiles(const TileBlock& block, std::size_t first_tile,
                                         const Scratch& my) {
  for (std::size_t tile = first_tile; tile < first_tile + block.across; ++tile) {
    const auto cells = tiling_.cells(tile);
    const SeenOfTile seen =
        see_tile(cells.end_column - cells.first_column,
                 static_cast<std::ptrdiff_t>(cells.first_column - my.cells.first_column), my.seen);
    wave_mps_[tile] = seen.wave_mps;
    moving_[tile] = seen.moves ? 1 : 0;
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::close_to_sleepers(const TileBlock& block, std::size_t row,
                                                 bool left_faces, Scratch& my) {
  const auto shut = [](FaceRow<Real>& faces, std::size_t k) {
    *faces.water.at(static_cast<std::ptrdiff_t>(k)) = 0;
    *faces.across.at(static_cast<std::ptrdiff_t>(k)) = 0;
  };
  const auto sleeps = [this](std::size_t tile) {
    return tile != Tiling::none && active_[tile] == 0;
  };
  if (left_faces) {
    if (row % Tiling::rows == 0) {
      const std::size_t tile = tiling_.tile_of(my.cells.first_column, row);
      my.left_sleeps = sleeps(tiling_.neighbours(tile)[0]);
      my.right_sleeps = sleeps(tiling_.neighbours(tile + block.across - 1)[1]);
    }
    if (my.left_sleeps) shut(my.left, 0);
    if (my.right_sleeps) shut(my.left, my.cells.end_column - my.cells.first_column);
    return;
  }
  const bool bottom = row == my.cells.first_row;
  if (!bottom && row != my.cells.end_row) return;
  const std::size_t own = bottom ? row : row - 1;
  for (std::size_t column = my.cells.first_column; column < my.cells.end_column;
       column += Tiling::columns) {
    const std::size_t tile = tiling_.tile_of(column, own);
    if (!sleeps(tiling_.neighbours(tile)[bottom ? 2 : 3])) continue;
    const std::size_t end = std::min(column + Tiling::columns, my.cells.end_column);
    for (std::size_t i = column; i < end; ++i) shut(*my.faces_below, i - my.cells.first_column);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::flux_over_walls(const TileBlock& block, std::size_t row,
                                               bool left_faces, const FiniteVolumeStep<Real>& now,
                                               Scratch& my) {
  const std::size_t near =
      tiling_.tile_of(my.cells.first_column, std::max<std::size_t>(row, 1) - 1);
  const std::size_t here =
      tiling_.tile_of(my.cells.first_column, std::min(row, field_.shape.rows - 1));
  bool any = false;
  for (std::size_t i = 0; i < block.across; ++i)
    any |= has_walls_[near + i] || has_walls_[here + i];
  if (!any || row >= field_.shape.rows) return;
  const bool more = here % tiling_.across + block.across < tiling_.across;
  const std::size_t end = here + block.across + (left_faces && more ? 1 : 0);
  FaceRow<Real>& faces = left_faces ? my.left : *my.faces_below;
  for (std::size_t tile = here; tile < end; ++tile) {
    for (const Wall& wall : walls_[tile]) {
      if (wall.row != row || wall.at_left != left_faces) continue;
      if (wall.column > my.cells.end_column - (left_faces ? 0 : 1)) continue;
      const auto k = static_cast<std::ptrdiff_t>(wall.column - my.cells.first_column);
      constexpr Real half = Real(0.5);
      Real ground_before = 0;
      Real ground_after = 0;
      const auto before = one_side(left_faces ? my.state : my.state_below,
                                   left_faces ? my.predicted_here : my.predicted_below, left_faces,
                                   left_faces ? k - 1 : k, half, ground_before);
      const auto after = one_side(my.state, my.predicted_here, left_faces, k, -half, ground_after);
      if (wall.top_m <= larger(ground_before, ground_after)) continue;
      const auto flux = flux_over_wall(before, ground_before, after, ground_after, wall.top_m, now);
      *faces.water.at(k) = flux.water;
      *faces.before.at(k) = flux.before;
      *faces.after.at(k) = flux.after;
      *faces.across.at(k) = flux.across;
    }
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::flux_over_edges(std::size_t row, bool left_faces,
                                               const FiniteVolumeStep<Real>& now, Scratch& my) {
  const std::size_t columns = my.cells.end_column - my.cells.first_column;
  if (left_faces) {
    if (my.cells.first_column == 0) flux_over_edge(GridSide::west, 0, row, now, 0, my);
    if (my.cells.end_column == field_.shape.columns) {
      flux_over_edge(GridSide::east, field_.shape.columns - 1, row, now,
                     static_cast<std::ptrdiff_t>(columns), my);
    }
    return;
  }
  if (row != 0 && row != field_.shape.rows) return;
  for (std::size_t k = 0; k < columns; ++k) {
    flux_over_edge(row == 0 ? GridSide::south : GridSide::north, my.cells.first_column + k,
                   row == 0 ? 0 : row - 1, now, static_cast<std::ptrdiff_t>(k), my);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::flux_over_edge(GridSide side, std::size_t column, std::size_t row,
                                              const FiniteVolumeStep<Real>& now, std::ptrdiff_t at,
                                              Scratch& my) {
  using enum GridSide;
  const bool along_x = side == west || side == east;
  const bool high = side == east || side == north;  // the cell lies before the face
  if (const auto& gates = gate_of_[static_cast<std::size_t>(side)]; !gates.empty()) {
    const std::int32_t gate = gates[along_x ? row : column];
    if (gate >= 0) {
      pass_gate(gates_[static_cast<std::size_t>(gate)], at, along_x ? my.left : *my.faces_below);
      return;
    }
  }
  const Real out = high ? Real{1} : Real{-1};
  Real ground_m = 0;
  const bool row_below = side == north;
  const auto inside = one_side(row_below ? my.state_below : my.state,
                               row_below ? my.predicted_below : my.predicted_here, along_x,
                               side == east ? at - 1 : at, out * Real(0.5), ground_m);
  const auto [cell, further, rim] = edge_cells(side, column, row);
  const auto surface_m = [this](std::size_t i) {
    return static_cast<double>(field_.ground[i]) +
           static_cast<double>(field_.depth[i]) / DepthCount<Real>::per_m;
  };
  const bool dry = inside.cell_depth <= now.dry;
  const auto flux =
      edge_flux(edge(side, column, row),
                {.depth_m = dry ? 0.0 : static_cast<double>(inside.depth),
                 .outwards_mps = static_cast<double>(out * inside.along),
                 .ground_m = static_cast<double>(ground_m),
                 .friction = static_cast<double>(field_.friction[cell]),
                 .own_slope = (surface_m(further) - surface_m(cell)) / field_.shape.cell_m});
  const Real most = most_from(static_cast<Real>(inside.cell_depth), out * inside.cell_along,
                              inside.cell_across, now);
  const Real wanted = static_cast<Real>(flux.water) * now.units_per_flux;
  const Real open = wanted > most ? most / wanted : Real{1};
  const Units water = whole_units(wanted * open);
  const std::size_t tile = tiling_.tile_of(column, row);
  (water > 0 ? out_ : in_)[tile].add(water > 0 ? water : -water);
  FaceRow<Real>& faces = along_x ? my.left : *my.faces_below;
  *faces.water.at(at) = high ? water : -water;
  const Real push = now.per_cell * static_cast<Real>(flux.push) * open;
  *faces.before.at(at) = push;
  *faces.after.at(at) = push;
  *faces.across.at(at) =
      water > 0 ? out * static_cast<Real>(water) * metres_per_unit<Real> * inside.across : Real{0};
}

template void FiniteVolumeSolver<float>::run_block(const TileBlock&,
                                                   const FiniteVolumeStep<float>&);
template void FiniteVolumeSolver<double>::run_block(const TileBlock&,
                                                    const FiniteVolumeStep<double>&);

}  // namespace kontwin::flood
