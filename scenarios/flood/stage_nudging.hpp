#pragma once

#include <span>
#include <utility>
#include <vector>

#include "scenarios/flood/entity_depths.hpp"
#include "scenarios/flood/fed_water.hpp"
#include "scenarios/flood/rating.hpp"

namespace kontwin::flood {

/// Draws the water of rivers to the stages that gauges on the grid saw (Newtonian relaxation, or
/// nudging: Hoke and Anthes 1976, Mon. Weather Rev. 104). The channel 2 km up and down of a gauge
/// gains or loses of the difference what comes to its full measure in half an hour, less with the
/// distance; stages between two that were seen lie on a straight line.
class StageNudging {
 public:
  StageNudging(const World& world, const FloodGrids& grids,
               std::span<const EntityDepths::Gauge> gauges);

  /// Changes the water after a window that ended at `to`.
  void draw_water(std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, Instant to,
                  double seconds, FedWater& water) const;
  /// The inflow factor that brings what the gauges' ratings say is missing within three hours or
  /// so; as it is where no gauge saw anything.
  double inflow_factor(std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m,
                       Instant to, double seconds, const FedWater& water) const;

 private:
  struct Reach {
    EntityDepths::Gauge gauge;
    std::vector<std::pair<std::size_t, double>> cells;  // and how much each is drawn, 0 to 1
    RatingCurve rating;
  };
  std::vector<Reach> reaches_;
};

}  // namespace kontwin::flood
