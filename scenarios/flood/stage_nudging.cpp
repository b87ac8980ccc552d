#include "scenarios/flood/stage_nudging.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/flood/river_reach.hpp"
#include "scenarios/flood/stage_seen.hpp"

namespace kontwin::flood {

namespace {

constexpr double gauge_to_river_m = 1000;
constexpr double reach_m = 2000;
constexpr double water_s = 1800;
constexpr double inflow_s = 3 * 3600;

double stage_m(const ShallowWaterSolver& solver, std::size_t cell) {
  return solver.ground_m(cell) + solver.depth_m(cell);
}

}  // namespace

StageNudging::StageNudging(const World& world, const FloodGrids& grids,
                           std::span<const EntityDepths::Gauge> gauges) {
  for (const EntityDepths::Gauge& gauge : gauges) {
    const LocalPoint place = world.place({Kind::river_gauge, gauge.row});
    const auto spot = find_river(world, "", place, gauge_to_river_m);
    if (!spot) continue;
    std::map<std::size_t, double> cells;
    for (std::size_t number = 0; number < grids.size(); ++number) {
      for (const auto& [cell, along_m, bed_m] :
           channel_cells_along(grids.shape(number), *spot->river, spot->along_m - reach_m,
                               spot->along_m + reach_m)) {
        if (number == 0 && grids.covered()[cell] != 0) continue;
        double& weight = cells[grids.first_cell(number) + cell];
        weight = std::max(weight, 1 - std::abs(along_m - spot->along_m) / reach_m);
      }
    }
    reaches_.push_back(
        {gauge, {cells.begin(), cells.end()}, RatingCurve(world, spot->river->name, place)});
  }
}

void StageNudging::draw_water(std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m,
                              Instant to, double seconds, FedWater& water) const {
  ShallowWaterSolver& solver = water.solver();
  for (const Reach& reach : reaches_) {
    const auto seen_m = stage_between(gauge_stage_m, reach.gauge.row, to);
    if (!seen_m) continue;
    const double change_m =
        (*seen_m - stage_m(solver, reach.gauge.cell)) * std::min(1.0, seconds / water_s);
    for (const auto& [cell, weight] : reach.cells) solver.change_depth(cell, weight * change_m);
  }
}

double StageNudging::inflow_factor(
    std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, Instant to, double seconds,
    const FedWater& water) const {
  double missing = 0;
  int seen = 0;
  for (const Reach& reach : reaches_) {
    const auto seen_m = stage_between(gauge_stage_m, reach.gauge.row, to);
    if (!seen_m) continue;
    const double there_m3ps =
        reach.rating.discharge_m3ps(stage_m(water.solver(), reach.gauge.cell));
    const double seen_m3ps = reach.rating.discharge_m3ps(*seen_m);
    if (seen_m3ps <= 0) continue;
    missing += std::clamp((seen_m3ps - there_m3ps) / seen_m3ps, -1.0, 1.0);
    ++seen;
  }
  const double factor = water.factors().inflow;
  return seen == 0 ? factor : factor * std::exp(seconds / inflow_s * missing / seen);
}

}  // namespace kontwin::flood
