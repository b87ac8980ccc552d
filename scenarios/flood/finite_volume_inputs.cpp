#include "scenarios/flood/finite_volume_inputs.hpp"

#include <algorithm>
#include <limits>

namespace kontwin::flood {

namespace {

/// The whole part of what is carried, which keeps the rest.
template <typename Units>
Units take_whole(double& carry_units) {
  const auto whole = static_cast<Units>(carry_units);
  carry_units -= static_cast<double>(whole);
  return whole;
}

template <typename Real>
void pour(std::size_t cell, UnitsOf<Real> units, FiniteVolumeField<Real>& field) {
  if (units == 0) return;
  UnitsOf<Real>& depth = field.depth[cell];
  const Real kept = static_cast<Real>(depth) / static_cast<Real>(depth + units);
  field.u[cell] *= kept;
  field.v[cell] *= kept;
  depth += units;
}

}  // namespace

template <typename Real>
FiniteVolumeInputs<Real>::FiniteVolumeInputs(const Tiling& tiling, std::size_t field_size)
    : rained_on_(field_size, -1), sheltered_(tiling.size(), 0) {
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    rained_cells_.push_back(static_cast<std::int64_t>(tiling.cells(tile).count()));
  }
  set_rain_zones(1, std::vector<std::uint32_t>(tiling.size(), 0));
}

// NOLINTBEGIN(performance-unnecessary-value-param): it does not see the moves inside the braces
template <typename Real>
std::size_t FiniteVolumeInputs<Real>::add_source(std::vector<std::size_t> cells,
                                                 std::vector<std::size_t> tiles) {
  sources_.push_back({.cells = std::move(cells), .tiles = std::move(tiles)});
  return sources_.size() - 1;
}
// NOLINTEND(performance-unnecessary-value-param)

template <typename Real>
void FiniteVolumeInputs<Real>::set_discharge(std::size_t source, double discharge_m3ps) {
  sources_[source].discharge_m3ps = discharge_m3ps;
}

template <typename Real>
std::size_t FiniteVolumeInputs<Real>::add_trickle(std::size_t cell, std::size_t tile) {
  trickles_.push_back({.cell = cell, .tile = tile});
  return trickles_.size() - 1;
}

template <typename Real>
void FiniteVolumeInputs<Real>::set_trickle(std::size_t trickle, double metres_ps) {
  trickles_[trickle].units_ps = metres_ps * DepthCount<Real>::per_m;
}

template <typename Real>
void FiniteVolumeInputs<Real>::set_rain_zones(std::size_t zones,
                                              std::vector<std::uint32_t> zone_of_tile) {
  rain_mps_.assign(zones, 0);
  rain_carry_units_.assign(zones, 0);
  lump_.assign(zones, 0);
  zone_of_tile_ = std::move(zone_of_tile);
}

template <typename Real>
void FiniteVolumeInputs<Real>::keep_rain_off(std::size_t cell, std::size_t tile) {
  if (rained_on_[cell] != 0) --rained_cells_[tile];
  rained_on_[cell] = 0;
  sheltered_[tile] = 1;
}

template <typename Real>
double FiniteVolumeInputs<Real>::longest_step_s(const FiniteVolumeField<Real>& field) const {
  double longest_s = std::numeric_limits<double>::infinity();
  const double cell_m2 = field.shape.cell_m * field.shape.cell_m;
  for (const Source& source : sources_) {
    if (source.discharge_m3ps <= 0) continue;
    double depth_m = 1;
    for (const std::size_t cell : source.cells) {
      depth_m = std::max(depth_m, static_cast<double>(field.depth[cell]) / DepthCount<Real>::per_m);
    }
    const double area_m2 = static_cast<double>(source.cells.size()) * cell_m2;
    longest_s = std::min(longest_s, 0.3 * depth_m * area_m2 / source.discharge_m3ps);
  }
  return longest_s;
}

template <typename Real>
void FiniteVolumeInputs<Real>::feed(double seconds, FiniteVolumeField<Real>& field) {
  const double cell_m2 = field.shape.cell_m * field.shape.cell_m;
  for (Source& source : sources_) {
    if (source.discharge_m3ps <= 0) continue;
    const double area_m2 = static_cast<double>(source.cells.size()) * cell_m2;
    source.carry_units += source.discharge_m3ps * seconds / area_m2 * DepthCount<Real>::per_m;
    const auto units = take_whole<Units>(source.carry_units);
    for (const std::size_t cell : source.cells) {
      pour(cell, units, field);
      sourced_.add(units);
    }
  }
  for (Trickle& trickle : trickles_) {
    if (trickle.units_ps == 0) continue;
    trickle.carry_units += trickle.units_ps * seconds;
    const auto units = take_whole<Units>(trickle.carry_units);
    pour(trickle.cell, units, field);
    sourced_.add(units);
  }
}

template <typename Real>
void FiniteVolumeInputs<Real>::rain(double seconds) {
  for (std::size_t zone = 0; zone < rain_mps_.size(); ++zone) {
    rain_carry_units_[zone] += rain_mps_[zone] * seconds * DepthCount<Real>::per_m;
    lump_[zone] = take_whole<Units>(rain_carry_units_[zone]);
  }
  if (std::ranges::all_of(lump_, [](Units units) { return units == 0; })) return;
  for (std::size_t tile = 0; tile < zone_of_tile_.size(); ++tile) {
    rained_.add(rained_cells_[tile] * lump_[zone_of_tile_[tile]]);
  }
}

template <typename Real>
void FiniteVolumeInputs<Real>::mark_fed(std::span<char> tiles) const {
  if (std::ranges::any_of(rain_mps_, [](double rain) { return rain > 0; })) {
    for (std::size_t tile = 0; tile < zone_of_tile_.size(); ++tile) {
      if (rained_cells_[tile] > 0 && rain_mps_[zone_of_tile_[tile]] > 0) tiles[tile] = 1;
    }
  }
  for (const Source& source : sources_) {
    if (source.discharge_m3ps <= 0) continue;
    for (const std::size_t tile : source.tiles) tiles[tile] = 1;
  }
  for (const Trickle& trickle : trickles_) {
    if (trickle.units_ps > 0) tiles[trickle.tile] = 1;
  }
}

template <typename Real>
double FiniteVolumeInputs<Real>::carried_units() const {
  double units = 0;
  for (const Trickle& trickle : trickles_) units += trickle.carry_units;
  return units;
}

template class FiniteVolumeInputs<float>;
template class FiniteVolumeInputs<double>;

}  // namespace kontwin::flood
