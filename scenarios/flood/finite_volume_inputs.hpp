#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/flood/finite_volume_field.hpp"
#include "scenarios/flood/tile_plan.hpp"

namespace kontwin::flood {

/// Sources, trickles and rain of the finite volume scheme: water that comes at rest, in whole
/// units, what is too little for one being kept for later. Cells are inner indices of the field.
template <typename Real>
class FiniteVolumeInputs {
 public:
  using Units = UnitsOf<Real>;

  FiniteVolumeInputs(const Tiling& tiling, std::size_t field_size);

  std::size_t add_source(std::vector<std::size_t> cells, std::vector<std::size_t> tiles);
  void set_discharge(std::size_t source, double discharge_m3ps);
  std::size_t add_trickle(std::size_t cell, std::size_t tile);
  void set_trickle(std::size_t trickle, double metres_ps);
  void set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile);
  void set_rain(std::size_t zone, double rain_mps) { rain_mps_[zone] = rain_mps; }
  void keep_rain_off(std::size_t cell, std::size_t tile);

  /// How long a step may be for a source not to pile up what waves need many steps to carry off.
  double longest_step_s(const FiniteVolumeField<Real>& field) const;
  /// Puts what sources and trickles bring in so many seconds on the field, its momentum unchanged.
  void feed(double seconds, FiniteVolumeField<Real>& field);
  /// Fixes the rain of the coming step.
  void rain(double seconds);
  /// The coming step's rain on each cell of a tile where rain falls, and all ones where it does.
  Units rain_on(std::size_t tile) const { return lump_[zone_of_tile_[tile]]; }
  const Units* rained_on() const { return rained_on_.data(); }
  /// Whether rain is kept off no cell of a tile.
  bool rains_all_over(std::size_t tile) const { return sheltered_[tile] == 0; }
  /// Marks the tiles that water comes to.
  void mark_fed(std::span<char> tiles) const;

  const UnitSum<Real>& rained() const { return rained_; }
  const UnitSum<Real>& sourced() const { return sourced_; }
  /// Depth units that trickles brought and that are not on the field yet.
  double carried_units() const;

 private:
  struct Source {
    std::vector<std::size_t> cells, tiles;
    double discharge_m3ps = 0;
    double carry_units = 0;
  };
  struct Trickle {
    std::size_t cell = 0, tile = 0;
    double units_ps = 0;
    double carry_units = 0;
  };

  std::vector<Source> sources_;
  std::vector<Trickle> trickles_;
  std::vector<std::uint32_t> zone_of_tile_;
  std::vector<double> rain_mps_, rain_carry_units_;
  std::vector<Units> lump_;                 // [zone]
  std::vector<Units> rained_on_;            // [inner cell]
  std::vector<std::int64_t> rained_cells_;  // [tile]
  std::vector<char> sheltered_;             // [tile] rain is kept off a cell
  UnitSum<Real> rained_, sourced_;
};

extern template class FiniteVolumeInputs<float>;
extern template class FiniteVolumeInputs<double>;

}  // namespace kontwin::flood
