#pragma once

#include <map>
#include <vector>

#include "scenarios/flood/river_reach.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// Water this far over the bed at a place of a river's line.
struct Mark {
  double along_m = 0;
  double over_bed_m = 0;
};

/// Over the bed at a place, between marks in proportion, beyond them as at the next. `marks` rise
/// along the river and are not empty.
double over_bed_at(const std::vector<Mark>& marks, double along_m);

/// Where a steady discharge comes into a river.
struct SteadyInflow {
  RiverSpot spot;
  double discharge_m3ps = 0;
};

/// How deep the rivers of a grid run when what comes in has come for long: by the standard step
/// method (Chow 1959, ch. 10) from where a river leaves the grid or joins another upwards, over
/// cross-sections of the terrain (RatingCurve). Without the velocity head, which the inertial
/// scheme does not have either; at normal depth where a river leaves. Marks rise along each river
/// and begin where its first inflow comes in; rivers that nothing comes into have none.
std::map<const River*, std::vector<Mark>> backwater(const World& world, const GridShape& grid,
                                                    const std::vector<SteadyInflow>& inflows);

}  // namespace kontwin::flood
