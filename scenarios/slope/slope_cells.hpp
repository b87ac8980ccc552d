#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/slope/ground_class.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// The sloping terrain cells beside roads, as columns, and which of them each road has. Where grids
/// overlap a cell is one of the finest. Cells are sorted by grid and number, so that their order
/// depends on the world alone.
struct SlopeCells {
  std::vector<LocalPoint> middle;
  std::vector<double> slope_rad;
  std::vector<double> area_m2;
  std::vector<GroundClass> ground;
  std::vector<std::uint32_t> first_of_road;  ///< [road], one more at the end; into cell_of_road
  std::vector<std::uint32_t> cell_of_road;

  std::size_t count() const { return slope_rad.size(); }
  std::span<const std::uint32_t> of(std::uint32_t road) const {
    return std::span(cell_of_road)
        .subspan(first_of_road[road], first_of_road[road + 1] - first_of_road[road]);
  }
};

/// Collects the cells within `beside_m` of a road's line, `least_slope_rad` or steeper. Streets in
/// towns have none, and of two directions of a road the second has those of the first.
SlopeCells cells_beside_roads(const World& world, double beside_m, double least_slope_rad,
                              ComputeArena& arena);

/// True for a road along which slopes are looked at: not a street of a town.
bool has_slopes(const World& world, std::uint32_t road);

}  // namespace kontwin::slope
