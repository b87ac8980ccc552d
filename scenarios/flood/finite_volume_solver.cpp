#include "scenarios/flood/finite_volume_solver.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"

namespace kontwin::flood {

template <typename Real>
FiniteVolumeSolver<Real>::FiniteVolumeSolver(const TerrainGrid& terrain, const Settings& settings,
                                             ComputeArena& arena)
    : arena_(arena),
      settings_(settings),
      tiling_(terrain.elevation_m.shape),
      field_(terrain.elevation_m.shape),
      inputs_(tiling_, field_.depth.size()) {
  if (settings.order != 1 && settings.order != 2) {
    throw ScenarioError("flood.order: " + std::to_string(settings.order) + " is neither 1 nor 2");
  }
  if (!(settings.courant > 0 && settings.courant <= 1)) {
    throw ScenarioError("flood.courant: " + std::to_string(settings.courant) +
                        " is not above 0 and at most 1");
  }
  check_ground(terrain);
  const GridShape& grid = field_.shape;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const float height = terrain.elevation_m.values[cell];
    const float n = terrain.manning_n.values[cell];
    field_.ground[field_.inner(cell)] = ground_in_units(static_cast<double>(height));
    field_.friction[field_.inner(cell)] =
        static_cast<Real>(gravity_mps2 * static_cast<double>(n) * static_cast<double>(n));
  }
  walls_.resize(tiling_.size());
  out_.resize(tiling_.size());
  in_.resize(tiling_.size());
  wave_mps_.assign(tiling_.size(), 0);
  for (auto* flags : {&has_walls_, &moving_, &invited_, &awake_, &active_, &was_active_}) {
    flags->assign(tiling_.size(), 0);
  }
  edges_[0].resize(grid.rows);
  edges_[1].resize(grid.rows);
  edges_[2].resize(grid.columns);
  edges_[3].resize(grid.columns);
  if (!settings_.closed_edges) open_edges();
}

template <typename Real>
typename FiniteVolumeSolver<Real>::EdgeCells FiniteVolumeSolver<Real>::edge_cells(
    GridSide side, std::size_t column, std::size_t row) const {
  const bool along_x = side == GridSide::west || side == GridSide::east;
  const bool high = side == GridSide::east || side == GridSide::north;
  const std::size_t step = along_x ? 1 : field_.stride;
  const bool wide = (along_x ? field_.shape.columns : field_.shape.rows) > 1;
  const std::size_t i = field_.inner(column, row);
  const std::size_t further = wide ? (high ? i - step : i + step) : i;
  return {.cell = i, .further = further, .rim = high ? i + step : i - step};
}

template <typename Real>
void FiniteVolumeSolver<Real>::open_edges() {
  const GridShape& grid = field_.shape;
  const auto open = [this, &grid](GridSide side, std::size_t column, std::size_t row) {
    const auto [i, further, rim] = edge_cells(side, column, row);
    EdgeCondition& condition = edge(side, column, row);
    condition.kind = EdgeCondition::Kind::slope;
    condition.slope = static_cast<double>(field_.ground[further] - field_.ground[i]) / grid.cell_m;
  };
  for (std::size_t row = 0; row < grid.rows; ++row) {
    open(GridSide::west, 0, row);
    open(GridSide::east, grid.columns - 1, row);
  }
  for (std::size_t column = 0; column < grid.columns; ++column) {
    open(GridSide::south, column, 0);
    open(GridSide::north, column, grid.rows - 1);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::copy_depths(std::span<float> depth_m) const {
  for (std::size_t cell = 0; cell < depth_m.size(); ++cell) {
    depth_m[cell] = static_cast<float>(this->depth_m(cell));
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::copy_velocities(std::span<float> east_mps,
                                               std::span<float> north_mps) const {
  for (std::size_t cell = 0; cell < east_mps.size(); ++cell) {
    east_mps[cell] = static_cast<float>(this->east_mps(cell));
    north_mps[cell] = static_cast<float>(this->north_mps(cell));
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_depth(std::size_t cell, double depth_m) {
  const std::size_t i = field_.inner(cell);
  const auto units = static_cast<Units>(std::llround(depth_m * DepthCount<Real>::per_m));
  set_.add(units - field_.depth[i]);
  field_.depth[i] = units;
  field_.u[i] = 0;
  field_.v[i] = 0;
  wake(tile_of(cell));
}

template <typename Real>
void FiniteVolumeSolver<Real>::change_depth(std::size_t cell, double change_m) {
  Units& depth = field_.depth[field_.inner(cell)];
  const auto change = static_cast<Units>(std::llround(change_m * DepthCount<Real>::per_m));
  const Units next = std::max(depth + change, Units{0});
  set_.add(next - depth);
  depth = next;
  wake(tile_of(cell));
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_roughness_factor(double factor) {
  if (factor == roughness_factor_) return;
  const double change = factor / roughness_factor_;
  for (Real& friction : field_.friction) {
    friction = static_cast<Real>(static_cast<double>(friction) * change * change);
  }
  roughness_factor_ = factor;
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_velocity(std::size_t cell, double east_mps, double north_mps) {
  const std::size_t i = field_.inner(cell);
  const bool wet = depth_m(cell) > settings_.dry_depth_m;
  field_.u[i] = wet ? static_cast<Real>(east_mps) : Real{0};
  field_.v[i] = wet ? static_cast<Real>(north_mps) : Real{0};
  wake(tile_of(cell));
}

template <typename Real>
std::size_t FiniteVolumeSolver<Real>::add_source(std::span<const std::size_t> cells) {
  std::vector<std::size_t> inner, tiles;
  for (const std::size_t cell : cells) {
    inner.push_back(field_.inner(cell));
    tiles.push_back(tile_of(cell));
  }
  return inputs_.add_source(std::move(inner), std::move(tiles));
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_discharge(std::size_t source, double discharge_m3ps) {
  inputs_.set_discharge(source, discharge_m3ps);
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_rain_zones(std::size_t zones,
                                              std::vector<std::uint32_t> zone_of_tile) {
  inputs_.set_rain_zones(zones, std::move(zone_of_tile));
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_rain(std::size_t zone, double rain_mps) {
  inputs_.set_rain(zone, rain_mps);
}

template <typename Real>
void FiniteVolumeSolver<Real>::keep_rain_off(std::span<const std::size_t> cells) {
  for (const std::size_t cell : cells) inputs_.keep_rain_off(field_.inner(cell), tile_of(cell));
}

template <typename Real>
std::size_t FiniteVolumeSolver<Real>::add_trickle(std::size_t cell) {
  return inputs_.add_trickle(field_.inner(cell), tile_of(cell));
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_trickle(std::size_t trickle, double discharge_m3ps) {
  inputs_.set_trickle(trickle, discharge_m3ps / (field_.shape.cell_m * field_.shape.cell_m));
}

template <typename Real>
double FiniteVolumeSolver<Real>::volume_m3() const {
  UnitSum<Real> sum;
  for (std::size_t cell = 0; cell < field_.shape.cells(); ++cell) {
    sum.add(field_.depth[field_.inner(cell)]);
  }
  return cubic_metres(sum.in_metres());
}

template <typename Real>
double FiniteVolumeSolver<Real>::source_m3() const {
  UnitSum<Real> sum = inputs_.sourced();
  for (const UnitSum<Real>& of_tile : in_) {
    sum.metres += of_tile.metres;
    sum.add(of_tile.units);
  }
  return cubic_metres(sum.in_metres());
}

template <typename Real>
double FiniteVolumeSolver<Real>::edge_m3() const {
  UnitSum<Real> sum;
  for (const UnitSum<Real>& of_tile : out_) {
    sum.metres += of_tile.metres;
    sum.add(of_tile.units);
  }
  return cubic_metres(sum.in_metres());
}

template <typename Real>
double FiniteVolumeSolver<Real>::carried_m3() const {
  return cubic_metres(inputs_.carried_units() / DepthCount<Real>::per_m);
}

template class FiniteVolumeSolver<float>;
template class FiniteVolumeSolver<double>;

}  // namespace kontwin::flood
