#include "io/synthesis/terrain_channels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin {

std::vector<CourseCell> course_cells(const GridShape& shape, std::span<const LocalPoint> line) {
  std::vector<CourseCell> cells;
  const double step_m = shape.cell_m / 8;
  bool was_outside = true;
  double start_m = 0;
  const auto take = [&](LocalPoint point, double along_m) {
    if (!shape.contains(point)) {
      was_outside = true;
      return;
    }
    const auto cell = static_cast<std::uint32_t>(shape.cell_of(point));
    if (was_outside) {
      cells.push_back({cell, along_m, true});
      was_outside = false;
      return;
    }
    const std::uint32_t last = cells.back().cell;
    if (cell == last) return;
    const std::size_t column = cell % shape.columns;
    // A step over a corner goes along the row first, so that the two cells share an edge.
    if (column != last % shape.columns && cell / shape.columns != last / shape.columns) {
      cells.push_back(
          {static_cast<std::uint32_t>(shape.at(column, last / shape.columns)), along_m, false});
    }
    cells.push_back({cell, along_m, false});
  };
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const LocalPoint a = line[i];
    const LocalPoint b = line[i + 1];
    const double segment_m = distance_m(a, b);
    const auto steps = static_cast<int>(std::ceil(segment_m / step_m));
    for (int step = 0; step < steps; ++step) {
      const double share = static_cast<double>(step) / steps;
      take({a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)},
           start_m + share * segment_m);
    }
    start_m += segment_m;
  }
  if (!line.empty()) take(line.back(), start_m);
  return cells;
}

std::vector<std::uint8_t> carve_channels(Raster<float>& surface,
                                         const std::vector<RiverCourse>& courses) {
  std::vector<std::vector<CourseCell>> cells;
  std::vector<std::uint8_t> on_course(surface.values.size(), 0);
  for (const RiverCourse& course : courses) {
    cells.push_back(course_cells(surface.shape, course.river.line));
    for (const CourseCell& at : cells.back()) {
      const auto bed_m = static_cast<float>(value_along(course, course.river.bed_m, at.along_m));
      float& height_m = surface.values[at.cell];
      height_m = on_course[at.cell] != 0 ? std::min(height_m, bed_m) : bed_m;
      on_course[at.cell] = 1;
    }
  }
  // Where courses share cells, one may now lie too low for the other: lower what follows until no
  // course climbs. Heights only fall, and only to heights that are there, so this comes to an end.
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& course : cells) {
      float lowest_m = std::numeric_limits<float>::infinity();
      for (const CourseCell& at : course) {
        float& height_m = surface.values[at.cell];
        if (height_m > lowest_m) {
          height_m = lowest_m;
          changed = true;
        }
        lowest_m = height_m;
      }
    }
  }
  return on_course;
}

}  // namespace kontwin
