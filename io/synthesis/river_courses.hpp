#pragma once

#include <vector>

#include "io/synthesis/asset_folder.hpp"
#include "twin/river.hpp"

namespace kontwin {

/// A river with what the terrain needs besides: how wide its valley floor is.
struct RiverCourse {
  River river;
  std::vector<double> along_m;  ///< from the source to each point of the river's line
  std::vector<float> valley_m;  ///< width of the valley floor at each point, channel included
};

/// Reads rivers.csv (name, flows_into, width_start_m, width_end_m, bank_start_m, bank_end_m,
/// valley_start_m, valley_end_m) and river_points.csv (river, lon, lat, bed_m, valley_m, why; from
/// source to mouth): few points, each where a fact (`why`) fixes the course, between which it
/// meanders as io/synthesis/river_meanders.hpp says without crossing itself or another river. A
/// river ends on the line of the one it joins, at that river's bed. Bed heights between the given
/// ones fall evenly, and in the uppermost reach steeply at first; width, bank and valley grow
/// linearly. Throws FileError when a file is missing or bad, a point has no reason, a river has
/// fewer than two points or no bed height at its source, joins a river not listed before it, or
/// crosses one, or a bed height rises downstream.
std::vector<RiverCourse> read_river_courses(const AssetFolder& folder, const LocalFrame& frame);

/// The value at `along_m` between those at the points of a course.
double value_along(const RiverCourse& course, const std::vector<float>& values, double along_m);

}  // namespace kontwin
