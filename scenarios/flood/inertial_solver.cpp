#include "scenarios/flood/inertial_solver.hpp"

#include <algorithm>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::flood {

double stable_courant(double theta) {
  constexpr double of_the_limit = 0.95;
  return of_the_limit * std::sqrt(theta / 2);
}

InertialSolver::InertialSolver(const TerrainGrid& terrain, const Settings& settings,
                               ComputeArena& arena)
    : arena_(arena),
      settings_(settings),
      shape_(terrain.elevation_m.shape),
      stride_((shape_.columns + vector_floats - 1) / vector_floats * vector_floats + 2 * rim),
      tiling_(shape_) {
  settings_.courant = std::min(settings_.courant, stable_courant(settings_.theta));
  check_ground(terrain);
  const std::size_t size = stride_ * (shape_.rows + 2);
  depth_.assign(size, 0);
  rained_on_.assign(size, -1);
  for (auto* array : {&ground_m_, &friction_, &q_x_, &q_y_, &flux_x_, &flux_y_}) {
    array->assign(size, 0);
  }
  share_.assign(size, 1);
  for (std::size_t cell = 0; cell < shape_.cells(); ++cell) {
    const float ground = terrain.elevation_m.values[cell];
    const float n = terrain.manning_n.values[cell];
    ground_m_[inner(cell)] = ground;
    friction_[inner(cell)] = static_cast<float>(gravity_mps2) * n * n;
  }
  tile_depth_m_.assign(tiling_.size(), 0);
  reach_.assign(tiling_.size(), 0);
  fed_.assign(tiling_.size(), 0);
  touched_.assign(tiling_.size(), 1);
  cut_.assign(tiling_.size(), 0);
  edge_units_.assign(tiling_.size(), 0);
  come_units_.assign(tiling_.size(), 0);
  edges_.resize(tiling_.size());
  walls_.resize(tiling_.size());
  plan_.level.assign(tiling_.size(), asleep);
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    rained_cells_.push_back(static_cast<std::int64_t>(tiling_.cells(tile).count()));
  }
  set_rain_zones(1, std::vector<std::uint32_t>(tiling_.size(), 0));
  if (!settings_.closed_edges) add_edges();
}

void InertialSolver::copy_depths(std::span<float> depth_m) const {
  for (std::size_t cell = 0; cell < shape_.cells(); ++cell) {
    depth_m[cell] = static_cast<float>(depth_[inner(cell)]) * m_per_unit;
  }
}

void InertialSolver::copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const {
  const auto dry_m = static_cast<float>(settings_.dry_depth_m);
  for (std::size_t cell = 0; cell < shape_.cells(); ++cell) {
    const std::size_t i = inner(cell);
    float depth_m = 0;
    float speed2 = 0;
    speeds_of_row(1, static_cast<std::ptrdiff_t>(stride_), &depth_[i], &q_x_[i], &q_y_[i], dry_m,
                  &depth_m, &speed2);
    const float east = q_x_[i] + q_x_[i + 1];
    const float north = q_y_[i] + q_y_[i + stride_];
    const float length = std::hypot(east, north);
    const float scale = length > 0 ? std::sqrt(speed2) / length : 0.0F;
    east_mps[cell] = east * scale;
    north_mps[cell] = north * scale;
  }
}

void InertialSolver::copy_speeds(std::span<float> speed_mps) const {
  std::vector<float> depth_m(shape_.columns);
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    const std::size_t i = inner(0, row);
    const auto speeds = speed_mps.subspan(row * shape_.columns, shape_.columns);
    speeds_of_row(shape_.columns, static_cast<std::ptrdiff_t>(stride_), &depth_[i], &q_x_[i],
                  &q_y_[i], static_cast<float>(settings_.dry_depth_m), depth_m.data(),
                  speeds.data());
    for (float& speed : speeds) speed = std::sqrt(speed);
  }
}

void InertialSolver::set_depth(std::size_t cell, double depth_m) {
  const auto units = static_cast<DepthUnits>(std::llround(depth_m * units_per_m));
  DepthUnits& now = depth_[inner(cell)];
  set_units_ += units - now;
  now = units;
  touch(cell);
}

void InertialSolver::change_depth(std::size_t cell, double change_m) {
  const DepthUnits now = depth_[inner(cell)];
  const auto change = static_cast<DepthUnits>(std::llround(change_m * units_per_m));
  depth_[inner(cell)] = std::max(now + change, 0);
  set_units_ += depth_[inner(cell)] - now;
  touch(cell);
}

void InertialSolver::set_roughness_factor(double factor) {
  if (factor == roughness_factor_) return;
  const double change = factor / roughness_factor_;
  for (float& friction : friction_) friction = static_cast<float>(friction * change * change);
  roughness_factor_ = factor;
}

std::size_t InertialSolver::add_source(std::span<const std::size_t> cells) {
  Source source;
  for (const std::size_t cell : cells) {
    source.cells.push_back(inner(cell));
    source.tiles.push_back(tiling_.tile_of(cell % shape_.columns, cell / shape_.columns));
  }
  sources_.push_back(std::move(source));
  return sources_.size() - 1;
}

void InertialSolver::set_discharge(std::size_t source, double discharge_m3ps) {
  sources_[source].discharge_m3ps = discharge_m3ps;
  fed_changed_ = true;
}

void InertialSolver::set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile) {
  rain_mps_.assign(zones, 0);
  rain_carry_units_.assign(zones, 0);
  zone_of_tile_ = std::move(zone_of_tile);
}

void InertialSolver::keep_rain_off(std::span<const std::size_t> cells) {
  for (const std::size_t cell : cells) {
    DepthUnits& open = rained_on_[inner(cell)];
    if (open != 0) --rained_cells_[tiling_.tile_of(cell % shape_.columns, cell / shape_.columns)];
    open = 0;
  }
}

std::size_t InertialSolver::add_trickle(std::size_t cell) {
  trickles_.push_back(
      {.cell = inner(cell), .tile = tiling_.tile_of(cell % shape_.columns, cell / shape_.columns)});
  return trickles_.size() - 1;
}

void InertialSolver::set_trickle(std::size_t trickle, double discharge_m3ps) {
  trickles_[trickle].units_ps = discharge_m3ps / (shape_.cell_m * shape_.cell_m) * units_per_m;
}

void InertialSolver::set_rain(std::size_t zone, double rain_mps) { rain_mps_[zone] = rain_mps; }

double InertialSolver::volume_m3() const {
  std::int64_t units = 0;
  for (std::size_t cell = 0; cell < shape_.cells(); ++cell) units += depth_[inner(cell)];
  return cubic_metres(units);
}

double InertialSolver::carried_m3() const {
  double units = 0;
  for (const Trickle& trickle : trickles_) units += trickle.carry_units;
  return units / units_per_m * shape_.cell_m * shape_.cell_m;
}

double InertialSolver::deepest_m() const {
  DepthUnits deepest = 0;
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    deepest = std::max(deepest, deepest_of_row(shape_.columns, &depth_[inner(0, row)]));
  }
  return deepest / units_per_m;
}

}  // namespace kontwin::flood
