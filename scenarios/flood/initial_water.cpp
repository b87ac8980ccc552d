#include "scenarios/flood/initial_water.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/flood/rating.hpp"

namespace kontwin::flood {

namespace {

constexpr double gauge_to_river_m = 1000;

/// Water this far over the bed at a place of the line.
struct Mark {
  double along_m = 0;
  double over_bed_m = 0;
};

double over_bed_at(const std::vector<Mark>& marks, double along_m) {
  if (along_m <= marks.front().along_m) return marks.front().over_bed_m;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    const Mark& up = marks[i - 1];
    const Mark& down = marks[i];
    if (along_m > down.along_m || down.along_m <= up.along_m) continue;
    const double share = (along_m - up.along_m) / (down.along_m - up.along_m);
    return up.over_bed_m + share * (down.over_bed_m - up.over_bed_m);
  }
  return marks.back().over_bed_m;
}

void fill(const River& river, double from_m, const std::vector<Mark>& marks,
          ShallowWaterSolver& solver) {
  for (std::size_t number = 0; number < solver.grids(); ++number) {
    for (const auto& [of_grid, along_m, bed_m] :
         channel_cells_along(solver.grid(number).shape(), river, from_m, length_m(river.line))) {
      const std::size_t cell = solver.first_cell(number) + of_grid;
      if (solver.covered(cell)) continue;
      const double surface_m = bed_m + over_bed_at(marks, along_m);
      const double depth_m = surface_m - solver.ground_m(cell);
      if (depth_m > solver.depth_m(cell)) solver.set_depth(cell, depth_m);
    }
  }
}

}  // namespace

void fill_rivers(const Branch& branch, const EntityDepths& entities, const Inlets& inlets,
                 ShallowWaterSolver& solver) {
  const World& world = *branch.world;
  std::set<const River*> filled;
  for (const River& river : world.rivers()) {
    std::vector<Mark> marks;
    for (const auto& gauge : entities.gauges()) {
      const EntityRef ref{Kind::river_gauge, gauge.row};
      const double stage_m = branch.state.at(ref, river_gauge_column::stage_m);
      const auto spot = find_river(world, "", world.place(ref), gauge_to_river_m);
      if (!std::isfinite(stage_m) || !spot || spot->river != &river) continue;
      marks.push_back({spot->along_m, stage_m - channel_at(river, spot->along_m).bed_m});
    }
    if (marks.empty()) continue;
    std::ranges::sort(marks, {}, &Mark::along_m);
    fill(river, 0, marks, solver);
    filled.insert(&river);
  }
  for (const auto& inlet : inlets.inlets()) {
    const double discharge_m3ps = inlet.discharge_m3ps.value_at(branch.lead_in_start());
    auto spot = inlet.spot;
    while (discharge_m3ps > 0 && spot && filled.insert(spot->river).second) {
      const Channel channel = channel_at(*spot->river, spot->along_m);
      const double stage_m =
          rating_stage_m(world, spot->river->name, channel.point, discharge_m3ps);
      fill(*spot->river, spot->along_m, {{spot->along_m, stage_m - channel.bed_m}}, solver);
      spot = mouth_of(world, *spot->river);
    }
  }
}

void open_river_mouths(const World& world, ShallowWaterSolver& solver) {
  const GridShape& grid = solver.shape();
  for (const River& river : world.rivers()) {
    if (river.line.size() < 2) continue;
    for (const auto& [cell, along_m, bed_m] :
         channel_cells_along(grid, river, 0, length_m(river.line))) {
      const std::size_t column = cell % grid.columns;
      const std::size_t row = cell / grid.columns;
      if (column != 0 && row != 0 && column + 1 != grid.columns && row + 1 != grid.rows) continue;
      const Channel channel = channel_at(river, along_m);
      // Positive on the way out, whichever edges the cell lies at.
      double outwards = 0;
      if (column == 0) outwards -= channel.downstream.x_m;
      if (column + 1 == grid.columns) outwards += channel.downstream.x_m;
      if (row == 0) outwards -= channel.downstream.y_m;
      if (row + 1 == grid.rows) outwards += channel.downstream.y_m;
      if (outwards != 0) solver.set_edge_slope(cell, outwards > 0 ? channel.slope : -1);
    }
  }
}

}  // namespace kontwin::flood
