#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/flood/flood_grids.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// Where each entity on the grids feels the water, looked up once: each place of it on the finest
/// grid there.
///
/// Roads: the deepest of samples every half cell along them, over their deck. The deck stands the
/// road's deck_height_m over the ground; on a bridge over a straight line between the banks at its
/// ends, and where a road without that attribute lies in a channel over the nearest bank (a culvert
/// or a bridge that is not mapped). Junctions: over the highest deck of their roads. Buildings: the
/// deepest of the 3 x 3 cells around their place that are not river channel. A river gauge: the
/// lowest cell of the channel there. All others: the cell of their place. Entities off the grids
/// keep what their columns hold.
///
/// Embankments raise the road only: water flows below them as through bridges and culverts.
class EntityDepths {
 public:
  /// `grids` must outlive it.
  EntityDepths(const World& world, const FloodGrids& grids);

  /// Writes the water columns of all kinds (depth, speed, hazard class, who does not get through)
  /// and stage_m of river gauges. `depth_m` and `speed_mps` [cell]. Who did not get through before,
  /// as `state` says, does again once the water is well below the limit (flood/reopening.hpp).
  void write(std::span<const float> depth_m, std::span<const float> speed_mps,
             StateTable& state) const;
  /// The deepest water at each entity on the grid for a raster of depths: `visit(entity, depth_m)`.
  template <typename Visit>
  void for_deepest(std::span<const float> depth_m, Visit visit) const {
    for (std::size_t i = 0; i < entity_.size(); ++i) visit(entity_[i], deepest_m(i, depth_m));
  }

  /// A gauge on the grid and its channel cell.
  struct Gauge {
    std::uint32_t row = 0;
    std::size_t cell = 0;  ///< as FloodGrids numbers them
    double ground_m = 0;
  };
  const std::vector<Gauge>& gauges() const { return gauges_; }

 private:
  struct Sample {
    std::uint32_t cell;
    float deck_over_ground_m;
  };
  /// A place on the finest grid there.
  struct Spot {
    const TerrainGrid* grid = nullptr;
    std::size_t first = 0;  // the number of the grid's first cell
    std::size_t cell = 0;   // of the grid
  };
  std::optional<Spot> spot_at(LocalPoint point) const;
  bool in_channel(const Spot& spot) const { return grids_.channel()[spot.first + spot.cell] != 0; }
  float ground_m(const Spot& spot) const { return spot.grid->elevation_m.values[spot.cell]; }
  void sample_road(const World& world, std::uint32_t row);
  void sample_place(const World& world, EntityRef ref);
  double bank_m(LocalPoint point) const;
  double ground_or_bank_m(const Spot& spot, LocalPoint point) const;
  void add(const Spot& spot, double deck_m);
  float deepest_m(std::size_t i, std::span<const float> depth_m) const;

  const FloodGrids& grids_;
  std::vector<EntityRef> entity_;
  std::vector<std::uint32_t> begin_;  // first sample of each entity, plus an end
  std::vector<Sample> samples_;
  std::vector<Gauge> gauges_;
  std::vector<double> deck_height_m_;  // [junction] the highest of its roads
};

}  // namespace kontwin::flood
