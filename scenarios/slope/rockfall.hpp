#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/slope/boulder_world.hpp"
#include "scenarios/slope/hillside.hpp"
#include "scenarios/slope/slope_options.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// One boulder that came down.
struct Boulder {
  Rock::Shape shape = Rock::Shape::ball;
  double radius_m = 0;
  double mass_kg = 0;
  LocalPoint from;
  LocalPoint rest;    ///< where it stopped, or left the window
  double fall_m = 0;  ///< height lost
  /// It left the window, or still moved when time was up: it may have gone further.
  bool went_on = false;
};

/// A boulder that came onto a road or over it.
struct RoadHit {
  std::uint32_t road = no_row;  ///< of two directions the first
  std::uint32_t boulder = 0;    ///< index into Rockfall::boulders
  double energy_j = 0;          ///< the most kinetic energy it had over the road
  bool rests = false;           ///< it stays there
  double height_m = 0;          ///< the most that its middle was over the ground there
};

struct Rockfall {
  std::vector<Boulder> boulders;
  std::vector<RoadHit> hits;  ///< by road, then boulder
};

/// Drops boulders from the hillside above a road, 40 to 100 m up, onto the terrain's mesh in a
/// window of 600 m, and follows each for at most a minute. Radii are log-normal about the median of
/// the options with a deviation of 0.5 in the logarithm, held to 0.15–1.2 m; of four boulders two
/// are blocks, one a ball and one a slab, turned any way. What they bounce on is the ground class
/// under each (see default_contacts). A road is as wide as it is, with a verge of 1 m on either
/// side. `number` tells several rockfalls of a road apart: the same seed, road and number give the
/// same rockfall. None come from ground gentler than `least_slope_deg` of the options.
Rockfall drop_boulders(const World& world, std::uint32_t road, const Hillside& side,
                       const SlopeOptions& options, std::uint64_t seed, unsigned number = 0);

/// The value that a share of the values does not exceed (0 to 1; nearest rank); 0 of none.
double percentile(std::vector<double> values, double share);

}  // namespace kontwin::slope
