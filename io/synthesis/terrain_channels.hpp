#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/synthesis/river_courses.hpp"
#include "twin/raster.hpp"

namespace kontwin {

/// A cell that a river's course passes.
struct CourseCell {
  std::uint32_t cell = 0;
  double along_m = 0;     ///< from the start of the line
  bool entering = false;  ///< the first cell, or the first after the course was outside the grid
};

/// The cells a line passes, from its start, those outside the grid left out. Two cells in a row
/// that are not `entering` share an edge: water can follow them.
std::vector<CourseCell> course_cells(const GridShape& shape, std::span<const LocalPoint> line);

/// Cuts the beds of all rivers into a surface: along each course, from source to mouth, no cell is
/// higher than the one before it. Returns 1 for each cell of a course.
std::vector<std::uint8_t> carve_channels(Raster<float>& surface,
                                         const std::vector<RiverCourse>& courses);

}  // namespace kontwin
