#pragma once

#include <cstdint>

#include "twin/world.hpp"

namespace kontwin::slope {

/// The hillside along a road: how steep it is, and where a slide would start.
struct Hillside {
  double slope_deg = 0;  ///< the steepest ground within 100 m of the road
  LocalPoint foot;       ///< the point of the road next to it
  LocalPoint uphill;     ///< unit vector from there up the steepest way
};

/// The ground's steepness at a point over two cells of the finest grid there, degrees.
double slope_deg(const Terrain& terrain, LocalPoint point);

/// The hillside beside a road link. Streets in towns have none: 0 degrees.
Hillside hillside_of(const World& world, std::uint32_t road);

}  // namespace kontwin::slope
