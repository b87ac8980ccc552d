#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/slope/boulder_world.hpp"
#include "scenarios/slope/hillside.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// One boulder that came down.
struct Boulder {
  double radius_m = 0;
  double mass_kg = 0;
  LocalPoint from;
  LocalPoint rest;    ///< where it stopped, or left the window
  double fall_m = 0;  ///< height lost
};

/// A boulder that touched a road.
struct RoadHit {
  std::uint32_t road = no_row;
  std::uint32_t boulder = 0;  ///< index into Rockfall::boulders
  double energy_j = 0;        ///< the most kinetic energy it had over the road
  bool rests = false;         ///< it stays there
};

struct Rockfall {
  std::vector<Boulder> boulders;
  std::vector<RoadHit> hits;  ///< by road, then boulder
};

/// Drops boulders from the hillside above a road, 40 to 100 m up, onto the terrain's mesh in a
/// window of 600 m, and follows each for at most a minute. Radii are log-normal with median 0.35 m,
/// held to 0.15–1.2 m; restitution and friction follow the ground's roughness (bare ground throws
/// boulders back, forest holds them: after Dorren 2003, Prog. Phys. Geogr. 27, table 2). The same
/// `seed` and road give the same rockfall.
Rockfall drop_boulders(const World& world, std::uint32_t road, const Hillside& side,
                       unsigned boulders, std::uint64_t seed);

/// The contact of rock with ground of a given Manning roughness.
GroundContact contact_for(double manning_n);

}  // namespace kontwin::slope
