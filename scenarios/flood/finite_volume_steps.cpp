// How the finite volume scheme moves on in time: which tiles, and how far at once.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "scenarios/flood/finite_volume_kernels.hpp"
#include "scenarios/flood/finite_volume_solver.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

/// Tiles and blocks a part: enough work to be worth a task, and numbers that depend on nothing but
/// the grid.
constexpr std::size_t tiles_a_part = 64;
constexpr std::size_t blocks_a_part = 2;
constexpr std::size_t tile_rows_a_part = 2;
/// Tiles side by side whose maxima are noted in one go: memory is read in long runs.
constexpr std::size_t tiles_a_note = 16;
/// Steps between notes of maxima: a peak lasts longer than it takes waves to cross four cells.
constexpr std::uint64_t steps_a_note = 4;
/// The least depth a step is chosen for: a wave into an empty grid must not meet an endless step.
constexpr double least_depth_m = 0.05;
/// Depths must stay well inside what DepthCount<float> can hold.
constexpr double deepest_allowed_m = 100;
/// No water on land is this fast.
constexpr double fastest_allowed_mps = 200;

double fastest_in(double depth_m) { return 2 * std::sqrt(gravity_mps2 * depth_m); }

}  // namespace

template <typename Real>
void FiniteVolumeSolver<Real>::in_parts(std::size_t items, std::size_t a_part,
                                        const std::function<void(std::size_t)>& work) {
  arena_.for_each_part((items + a_part - 1) / a_part, [&](std::size_t part) {
    const std::size_t end = std::min(items, (part + 1) * a_part);
    for (std::size_t item = part * a_part; item < end; ++item) work(item);
  });
}

template <typename Real>
void FiniteVolumeSolver<Real>::advance(double seconds) {
  double remaining_s = seconds;
  while (remaining_s > 1e-9 * seconds) {
    if (exchange_ != nullptr) exchange_->look();
    choose_active();
    const double steps = std::max(std::ceil(remaining_s / longest_step_s() - 1e-9), 1.0);
    const double dt_s = remaining_s / steps;
    step(dt_s);
    recorded_s_ += dt_s;
    remaining_s -= dt_s;
    if (peaks_ == nullptr) continue;
    if (steps_ % steps_a_note != 0 && remaining_s > 1e-9 * seconds) continue;
    in_parts(tiling_.up, tile_rows_a_part, [this](std::size_t row) {
      const std::size_t end = (row + 1) * tiling_.across;
      for (std::size_t tile = row * tiling_.across; tile < end;) {
        std::size_t run = 0;
        while (tile + run < end && run < tiles_a_note && active_[tile + run] != 0) ++run;
        if (run > 0) note_peaks(tile, run);
        tile += std::max<std::size_t>(run, 1);
      }
    });
  }
}

template <typename Real>
bool FiniteVolumeSolver<Real>::record_peaks(PeakMaps* peaks) {
  peaks_ = peaks;
  recorded_s_ = 0;
  if (peaks == nullptr) return true;
  in_parts(tiling_.size(), tiles_a_part, [this](std::size_t tile) { note_peaks(tile); });
  return true;
}

template <typename Real>
void FiniteVolumeSolver<Real>::note_peaks(std::size_t tile, std::size_t count) {
  const auto cells = tiling_.cells(tile, count);
  const std::size_t columns = cells.end_column - cells.first_column;
  std::array<float, tiles_a_note * Tiling::columns> depth_m;
  std::array<float, tiles_a_note * Tiling::columns> speed2;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t first = field_.inner(cells.first_column, row);
    show_row(columns, field_.row_at(first), depth_m.data(), speed2.data());
    peaks_->note(field_.shape.at(cells.first_column, row), columns, depth_m.data(), speed2.data(),
                 recorded_s_);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::wake(std::size_t tile) {
  moving_[tile] = 2;  // to be measured first
}

template <typename Real>
void FiniteVolumeSolver<Real>::measure(std::size_t tile) {
  const auto cells = tiling_.cells(tile);
  double wave = 0;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    for (std::size_t column = cells.first_column; column < cells.end_column; ++column) {
      const std::size_t i = field_.inner(column, row);
      const double h = static_cast<double>(field_.depth[i]) / DepthCount<Real>::per_m;
      if (h <= settings_.dry_depth_m) continue;
      const double speed =
          std::fabs(static_cast<double>(field_.u[i])) + std::fabs(static_cast<double>(field_.v[i]));
      wave = std::max(wave, speed + fastest_in(h));
    }
  }
  wave_mps_[tile] = wave;
  moving_[tile] = wave > 0 ? 1 : 0;
}

template <typename Real>
void FiniteVolumeSolver<Real>::choose_active() {
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    if (moving_[tile] == 2) {
      measure(tile);
      check(tile);
    }
    awake_[tile] = static_cast<char>(moving_[tile] | invited_[tile]);
  }
  inputs_.mark_fed(awake_);
  mark_interfaces();
  std::swap(active_, was_active_);
  find_active(tiling_, awake_, active_);
  if (active_ != was_active_) blocks_ = blocks_of(tiling_, active_);
}

template <typename Real>
double FiniteVolumeSolver<Real>::longest_step_s() const {
  if (blocks_.empty() && exchange_ == nullptr) return std::numeric_limits<double>::infinity();
  double wave_mps = std::max(fastest_in(least_depth_m), beyond_wave_mps());
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    if (active_[tile] != 0) wave_mps = std::max(wave_mps, wave_mps_[tile]);
  }
  return std::min(settings_.courant * field_.shape.cell_m / wave_mps,
                  inputs_.longest_step_s(field_));
}

template <typename Real>
void FiniteVolumeSolver<Real>::step(double dt_s) {
  const double per_cell = dt_s / field_.shape.cell_m;
  const FiniteVolumeStep<Real> now{
      .dt_s = static_cast<Real>(dt_s),
      .per_cell = static_cast<Real>(per_cell),
      .units_per_flux = static_cast<Real>(per_cell * DepthCount<Real>::per_m),
      .dry = static_cast<Units>(std::llround(settings_.dry_depth_m * DepthCount<Real>::per_m))};
  inputs_.feed(dt_s, field_);
  inputs_.rain(dt_s);
  in_parts(tiling_.size(), tiles_a_part, [this](std::size_t tile) {
    if (active_[tile] != 0) {
      if (settings_.order == 2) fill_rim(tile);  // first order looks no further than the edge
    } else if (was_active_[tile] != 0) {
      keep_asleep(tile);
    }
  });
  fill_gates();
  if (exchange_ != nullptr) meet_others(now, dt_s);
  in_parts(blocks_.size(), blocks_a_part,
           [&](std::size_t block) { run_block(blocks_[block], now); });
  std::swap(field_.depth, field_.next_depth);
  std::swap(field_.u, field_.next_u);
  std::swap(field_.v, field_.next_v);
  ++steps_;
  const double alarm_mps = fastest_in(deepest_allowed_m);
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    if (active_[tile] == 0) continue;
    cell_updates_ += tiling_.cells(tile).count();
    // Not a number is not below it either.
    if (!(wave_mps_[tile] < alarm_mps)) check(tile);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::fill_rim(std::size_t tile) {
  const auto cells = tiling_.cells(tile);
  const GridShape& grid = field_.shape;
  const bool east = cells.end_column == grid.columns;
  const bool north = cells.end_row == grid.rows;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    if (cells.first_column == 0) look_beyond(GridSide::west, 0, row);
    if (east) look_beyond(GridSide::east, grid.columns - 1, row);
  }
  if (cells.first_row != 0 && !north) return;
  for (std::size_t column = cells.first_column; column < cells.end_column; ++column) {
    if (cells.first_row == 0) look_beyond(GridSide::south, column, 0);
    if (north) look_beyond(GridSide::north, column, grid.rows - 1);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::look_beyond(GridSide side, std::size_t column, std::size_t row) {
  // Where water passes, ground and water go on as between the last two cells; at a wall, and at a
  // shore, where that would tilt a lake, they are level.
  const auto [i, further, rim] = edge_cells(side, column, row);
  const auto dry = static_cast<Units>(settings_.dry_depth_m * DepthCount<Real>::per_m);
  const EdgeCondition& condition = edge(side, column, row);
  const bool passes = condition.kind != EdgeCondition::Kind::closed && field_.depth[i] > dry &&
                      field_.depth[further] > dry;
  field_.ground[rim] = field_.ground[i];
  field_.depth[rim] = field_.depth[i];
  field_.u[rim] = field_.u[i];
  field_.v[rim] = field_.v[i];
  if (!passes) return;
  field_.ground[rim] += field_.ground[i] - field_.ground[further];
  field_.depth[rim] += std::max(field_.depth[i] - field_.depth[further], -field_.depth[i]);
  field_.u[rim] += field_.u[i] - field_.u[further];
  field_.v[rim] += field_.v[i] - field_.v[further];
}

template <typename Real>
void FiniteVolumeSolver<Real>::keep_asleep(std::size_t tile) {
  if (peaks_ != nullptr) note_peaks(tile);
  // From now on it is read by steps of either parity.
  const auto cells = tiling_.cells(tile);
  const std::size_t columns = cells.end_column - cells.first_column;
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    const std::size_t first = field_.inner(cells.first_column, row);
    std::copy_n(&field_.depth[first], columns, &field_.next_depth[first]);
    std::copy_n(&field_.u[first], columns, &field_.next_u[first]);
    std::copy_n(&field_.v[first], columns, &field_.next_v[first]);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::check(std::size_t tile) const {
  const auto cells = tiling_.cells(tile);
  for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
    for (std::size_t column = cells.first_column; column < cells.end_column; ++column) {
      const std::size_t i = field_.inner(column, row);
      const double h = static_cast<double>(field_.depth[i]) / DepthCount<Real>::per_m;
      const double speed =
          std::hypot(static_cast<double>(field_.u[i]), static_cast<double>(field_.v[i]));
      const bool possible = h >= 0 && h <= deepest_allowed_m && speed < fastest_allowed_mps;
      if (possible) continue;
      throw PlaceError("flood: water " + std::to_string(h) + " m deep and " +
                           std::to_string(speed) + " m/s fast",
                       field_.shape.center(column, row),
                       "it may be 100 m and 200 m/s; check the inflow and the ground there");
    }
  }
}

template void FiniteVolumeSolver<float>::advance(double);
template void FiniteVolumeSolver<double>::advance(double);
template bool FiniteVolumeSolver<float>::record_peaks(PeakMaps*);
template bool FiniteVolumeSolver<double>::record_peaks(PeakMaps*);
template void FiniteVolumeSolver<float>::measure(std::size_t);
template void FiniteVolumeSolver<double>::measure(std::size_t);
template void FiniteVolumeSolver<float>::wake(std::size_t);
template void FiniteVolumeSolver<double>::wake(std::size_t);

}  // namespace kontwin::flood
