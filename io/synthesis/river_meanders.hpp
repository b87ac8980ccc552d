#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twin/geometry.hpp"

namespace kontwin {

/// A place that a river's course must pass, and how wide the river and its valley floor are there.
struct CoursePoint {
  LocalPoint place;
  double width_m = 0;
  double valley_m = 0;
};

/// A course, and which of its points are those it had to pass.
struct MeanderingCourse {
  std::vector<LocalPoint> line;
  std::vector<std::size_t> at;
};

/// A course through two or more points whose windings between them are synthesised, the same for
/// the same `key`. Along a centripetal Catmull-Rom curve through the points (Yuksel, Schaefer,
/// Keyser 2011) it swings to both sides:
///  - as a meandering river does, in waves about 11 channel widths long (Leopold and Wolman 1960,
///    "River meanders") and up to 2.8 widths from side to side, less where the valley floor leaves
///    no room and not at all where a wave is shorter than 240 m;
///  - as valleys do, in windings from twice that length up to some kilometres, which are as wide
///  for
///    their length at every scale.
/// It swings less where points lie close: they say themselves how the river winds. `vigour`, one
/// for each span between two points, from 0 (the curve itself) to 1, scales both.
MeanderingCourse meandering_course(std::span<const CoursePoint> points, std::uint64_t key,
                                   std::span<const double> vigour);

}  // namespace kontwin
