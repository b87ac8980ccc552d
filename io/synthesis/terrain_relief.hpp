#pragma once

#include <cstdint>
#include <vector>

#include "io/synthesis/river_courses.hpp"
#include "io/synthesis/terrain_heights.hpp"
#include "twin/raster.hpp"

namespace kontwin {

/// Hills, ridges and side valleys between the known rivers and heights: the ground as running water
/// shapes it. On grids of 8, 4, 2 and 1 times the wanted cell, coarse to fine, the surface is
/// drained to the rivers, and each slope is set by the area that drains over it,
///   S = k (A / 1 km²)^-0.45
/// (the stream power law at steady state: Flint 1974, Whipple and Tucker 1999), k varying over the
/// land so that the known heights come out. `shape.columns` and `shape.rows` are multiples of 8.
Raster<float> shape_relief(const GridShape& shape, const std::vector<RiverCourse>& courses,
                           const std::vector<KnownHeight>& heights, std::uint64_t seed);

}  // namespace kontwin
