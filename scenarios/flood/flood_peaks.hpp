#pragma once

#include <span>
#include <vector>

#include "scenarios/flood/entity_depths.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "twin/kpi.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// Shallower than this a rain-wet street is not a flood.
inline constexpr float flooded_m = 0.15F;
/// Homes in deeper water than this put their people in danger.
inline constexpr double exposed_m = 0.3;

/// The worst of a flood so far, for the KPIs: each the largest value over time.
class FloodPeaks {
 public:
  /// `grids` and `entities` must outlive it.
  FloodPeaks(const World& world, const FloodGrids& grids, const EntityDepths& entities);
  /// Takes in the state after a window.
  void update(std::span<const float> depth_m, const StateTable& state);
  void add_kpis(KpiList& kpis) const;

 private:
  const World& world_;
  const FloodGrids& grids_;
  const EntityDepths& entities_;
  double flooded_ha_ = 0, road_km_ = 0, people_ = 0;
  std::vector<double> stage_m_;  // [gauge on the grid]
};

}  // namespace kontwin::flood
