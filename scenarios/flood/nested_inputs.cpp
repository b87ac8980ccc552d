// What is given to a water of several grids: each part to the grid that speaks for its place.
#include <map>
#include <utility>

#include "scenarios/flood/nested_water.hpp"

namespace kontwin::flood {

void NestedWater::set_depth(std::size_t cell, double depth_m) {
  for_places(cell, [&](const Place& place) { solver(place.grid).set_depth(place.cell, depth_m); });
}

void NestedWater::change_depth(std::size_t cell, double change_m) {
  for_places(cell,
             [&](const Place& place) { solver(place.grid).change_depth(place.cell, change_m); });
}

void NestedWater::set_roughness_factor(double factor) {
  for (std::size_t number = 0; number < grids(); ++number) {
    solver(number).set_roughness_factor(factor);
  }
}

std::size_t NestedWater::add_source(std::span<const std::size_t> cells) {
  std::map<std::size_t, std::vector<std::size_t>> of_grid;
  for (const std::size_t cell : cells) {
    const Place place = lowest_place(cell);
    of_grid[place.grid].push_back(place.cell);
  }
  auto& feeders = sources_.emplace_back();
  for (const auto& [number, its] : of_grid) {
    feeders.push_back({number, solver(number).add_source(its),
                       static_cast<double>(its.size()) / static_cast<double>(cells.size())});
  }
  return sources_.size() - 1;
}

void NestedWater::set_discharge(std::size_t source, double discharge_m3ps) {
  for (const Feeder& feeder : sources_[source]) {
    solver(feeder.grid).set_discharge(feeder.number, discharge_m3ps * feeder.share);
  }
}

void NestedWater::set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile) {
  for (Inset& inset : insets_) {
    const Tiling& tiling = inset.solver->tiling();
    std::vector<std::uint32_t> its(tiling.size());
    for (std::size_t tile = 0; tile < its.size(); ++tile) {
      const auto cells = tiling.cells(tile);
      const std::size_t column = (cells.first_column + cells.end_column) / 2 / inset.ratio;
      const std::size_t row = (cells.first_row + cells.end_row) / 2 / inset.ratio;
      its[tile] = zone_of_tile[outer_->tiling().tile_of(inset.first_column + column,
                                                        inset.first_row + row)];
    }
    inset.solver->set_rain_zones(zones, std::move(its));
  }
  outer_->set_rain_zones(zones, std::move(zone_of_tile));
}

void NestedWater::set_rain(std::size_t zone, double rain_mps) {
  for (std::size_t number = 0; number < grids(); ++number) solver(number).set_rain(zone, rain_mps);
}

void NestedWater::keep_rain_off(std::span<const std::size_t> cells) {
  std::vector<std::vector<std::size_t>> of_grid(grids());
  for (const std::size_t cell : cells) {
    for_places(cell, [&](const Place& place) { of_grid[place.grid].push_back(place.cell); });
  }
  for (std::size_t number = 0; number < grids(); ++number) {
    solver(number).keep_rain_off(of_grid[number]);
  }
}

std::size_t NestedWater::add_trickle(std::size_t cell) {
  const Place place = lowest_place(cell);
  trickles_.push_back({place.grid, solver(place.grid).add_trickle(place.cell)});
  return trickles_.size() - 1;
}

void NestedWater::set_trickle(std::size_t trickle, double discharge_m3ps) {
  const Feeder& feeder = trickles_[trickle];
  solver(feeder.grid).set_trickle(feeder.number, discharge_m3ps);
}

void NestedWater::set_edge_slope(std::size_t cell, double slope) {
  // Cells of an inset that do not lie at its edge have no edge to set.
  for_places(cell,
             [&](const Place& place) { solver(place.grid).set_edge_slope(place.cell, slope); });
}

}  // namespace kontwin::flood
