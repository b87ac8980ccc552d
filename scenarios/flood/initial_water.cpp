#include "scenarios/flood/initial_water.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/flood/backwater.hpp"

namespace kontwin::flood {

namespace {

constexpr double gauge_to_river_m = 1000;

/// `profile` as deep as each gauge says at the gauge, and between two of them in proportion;
/// upstream of it what the gauges say alone.
std::vector<Mark> drawn_to(const std::vector<Mark>& gauges, const std::vector<Mark>& profile) {
  std::vector<Mark> marks, times;
  for (const Mark& gauge : gauges) {
    if (gauge.along_m < profile.front().along_m) {
      marks.push_back(gauge);
    } else if (const double there_m = over_bed_at(profile, gauge.along_m); there_m > 0) {
      times.push_back({gauge.along_m, gauge.over_bed_m / there_m});
    }
  }
  for (const Mark& mark : profile) {
    const double factor = times.empty() ? 1 : over_bed_at(times, mark.along_m);
    marks.push_back({mark.along_m, factor * mark.over_bed_m});
  }
  return marks;
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
  std::map<const River*, std::vector<Mark>> gauged;
  for (const auto& gauge : entities.gauges()) {
    const EntityRef ref{Kind::river_gauge, gauge.row};
    const double stage_m = branch.state.at(ref, river_gauge_column::stage_m);
    const auto spot = find_river(world, "", world.place(ref), gauge_to_river_m);
    if (!std::isfinite(stage_m) || !spot) continue;
    const double bed_m = channel_at(*spot->river, spot->along_m).bed_m;
    gauged[spot->river].push_back({spot->along_m, stage_m - bed_m});
  }
  std::vector<SteadyInflow> inflows;
  for (const auto& inlet : inlets.inlets()) {
    const double discharge_m3ps = inlet.discharge_m3ps.value_at(branch.lead_in_start());
    if (discharge_m3ps > 0 && inlet.spot) inflows.push_back({*inlet.spot, discharge_m3ps});
  }
  const auto profiles = backwater(world, solver.shape(), inflows);
  // In the world's order: where two rivers share cells the deeper water stays.
  for (const River& river : world.rivers()) {
    const auto profile = profiles.find(&river);
    const auto gauges = gauged.find(&river);
    if (gauges == gauged.end()) {
      if (profile == profiles.end()) continue;
      fill(river, profile->second.front().along_m, profile->second, solver);
      continue;
    }
    std::ranges::sort(gauges->second, {}, &Mark::along_m);
    if (profile == profiles.end()) {
      fill(river, 0, gauges->second, solver);
    } else {
      fill(river, 0, drawn_to(gauges->second, profile->second), solver);
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
